import { test } from '@playwright/test';
import { takeAll } from './pictures/spec.ts';
import { usual, wide } from './pictures/take.ts';

// The states a view is seen in less often, each in both themes: see `pictures-typical.spec.ts`.

// A trace of a thousand pictures would be another thousand of them.
test.use({ trace: 'off' });
test.describe.configure({ mode: 'parallel' });

takeAll('with nothing in it', 'empty', [wide, usual]);
takeAll('with a thousand of everything', 'overloaded', [wide, usual]);
takeAll('when it cannot be read', 'error', [wide, usual]);
takeAll('while it loads', 'loading', [wide]);
