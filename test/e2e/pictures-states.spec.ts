import { test } from '@playwright/test';
import { takeAll } from './pictures/spec.ts';
import { usual, wide } from './pictures/take.ts';

// The states a view is seen in less often, each in both themes: see `pictures-typical.spec.ts`.

// A trace of a thousand pictures would be another thousand of them.
test.use({ trace: 'off' });

takeAll('every view with nothing in it', 'empty', [wide, usual]);
takeAll('every view with a thousand of everything', 'overloaded', [wide, usual]);
takeAll('every view when it cannot be read', 'error', [wide, usual]);
takeAll('every view while it loads', 'loading', [wide]);
