import { describe, expect, it } from 'vitest';
import { attempt } from './attempt.ts';
import { fileAttacks } from './file-attacks.ts';
import { gitAttacks } from './git-attacks.ts';

const all = [...fileAttacks, ...gitAttacks];
/** The first of each group and every sixth after; `npm run test:policy` tries all of them. */
const some = all.filter(
  (attack, index) => index % 6 === 0 || all.findIndex(({ group }) => group === attack.group) === index,
);

describe('an attack on the path policy', () => {
  it('is one of at least a hundred, each with a name of its own', () => {
    expect(all.length).toBeGreaterThanOrEqual(100);
    expect(new Set(all.map(({ group, name }) => `${group}: ${name}`)).size).toBe(all.length);
  });

  it.each(some)('fails: $group: $name', { timeout: 30_000 }, async (attack) => {
    expect((await attempt(attack)).faults).toEqual([]);
  });
});
