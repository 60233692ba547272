import { expect, test } from 'vitest';
import { choicesFor } from '../../../preload/contract/choices.ts';
import { kindShape } from '../inbox/inbox-item.ts';
import { choiceKeys } from './choice-keys.ts';

const kinds = Object.keys(kindShape) as (keyof typeof kindShape)[];

test.each(kinds.flatMap((kind) => [[kind, false] as const, [kind, true] as const]))(
  'no two choices on %s (opened first: %s) share a key, and none takes one of the list',
  (kind, openFirst) => {
    const keys = choicesFor({ kind, openFirst }).map(({ action }) => choiceKeys[action]);
    expect(new Set(keys).size).toBe(keys.length);
    for (const taken of ['j', 'k', 'p', 'x']) expect(keys).not.toContain(taken);
  },
);
