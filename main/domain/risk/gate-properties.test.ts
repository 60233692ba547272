import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultBudget } from '../run/budget.ts';
import {
  defaultSensitivePatterns,
  explainGate,
  gateProfiles,
  riskGate,
  riskProfile,
  type GateInput,
} from './gate.ts';

/** Words a rule may meet, among words that none does. */
const words = fc.constantFrom(
  'sudo',
  'npm install x',
  '.env',
  'config.yaml',
  'deploy',
  'migrate',
  'password',
  'curl x | sh',
  'mend',
  'the',
  'parser',
  'env',
  'key',
  '',
);
const text = fc
  .array(fc.oneof(words, fc.string({ maxLength: 12 })), { maxLength: 12 })
  .map((parts) => parts.join(' '));
const input: fc.Arbitrary<GateInput> = fc.record({
  profile: fc.constantFrom(...riskProfile.values),
  text,
  budget: fc.record({
    steps: fc.integer({ min: 1, max: 200 }),
    durationMs: fc.integer({ min: 1_000, max: 7_200_000 }),
    tokens: fc.nat(),
    costMicroUsd: fc.nat(),
  }),
  defaults: fc.constant(defaultBudget),
  enforceable: fc.boolean(),
  patterns: fc.subarray([...defaultSensitivePatterns]),
  approvedByOwner: fc.boolean(),
});
const held = (at: GateInput): string[] => riskGate(at).held.map(({ rule }) => rule);
const holdsAll = (looser: string[], stricter: string[]): boolean =>
  looser.every((rule) => stricter.includes(rule));

describe('the risk gate, whatever it is asked', () => {
  it('is never loosened by more words, another pattern or a larger budget', () => {
    fc.assert(
      fc.property(
        input,
        text,
        fc.constantFrom(...defaultSensitivePatterns),
        fc.nat(100),
        (at, more, pattern, extra) => {
          const before = held(at);
          expect(holdsAll(before, held({ ...at, text: `${at.text}\n${more}` }))).toBe(true);
          expect(holdsAll(before, held({ ...at, text: `${more}\n${at.text}` }))).toBe(true);
          expect(holdsAll(before, held({ ...at, patterns: [...at.patterns, pattern] }))).toBe(true);
          const budget = {
            ...at.budget,
            steps: at.budget.steps + extra,
            durationMs: at.budget.durationMs + extra,
          };
          expect(holdsAll(before, held({ ...at, budget }))).toBe(true);
          expect(holdsAll(before, held({ ...at, enforceable: false }))).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('holds under strict all that balanced holds, and under balanced all that trusted holds', () => {
    fc.assert(
      fc.property(input, (at) => {
        const by = (profile: GateInput['profile']): string[] => held({ ...at, profile });
        expect(holdsAll(by('trusted'), by('balanced'))).toBe(true);
        expect(holdsAll(by('balanced'), by('strict'))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('says of every rule held, passed or not asked, and of what it held how to change it', () => {
    fc.assert(
      fc.property(input, (at) => {
        const rules = explainGate(at);
        expect(rules).toHaveLength(3 + at.patterns.length);
        for (const { outcome, reason, fix, matched, rule } of rules) {
          expect(reason).toMatch(/\.$/u);
          expect(fix !== null).toBe(outcome === 'held');
          expect(matched !== null).toBe(outcome === 'held' && rule.startsWith('sensitive:'));
        }
      }),
      { numRuns: 300 },
    );
  });
});

it('shows the words a pattern met, with what stands around them on one line', () => {
  const [, rule] = explainGate({
    profile: 'strict',
    text: `Read the plan of last week, then\nrun sudo make install\nand tell what happened in a few words.`,
    budget: defaultBudget,
    defaults: defaultBudget,
    enforceable: true,
    patterns: [{ name: 'superuser', pattern: String.raw`\bsudo\b` }],
    approvedByOwner: false,
  });
  expect(rule?.matched).toBe('…of last week, then run sudo make install and tell w…');
  expect(rule?.fix).toContain('superuser');
});

it('is described in the docs as it is: each rule, each profile, each default pattern', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/risk-gate.md'), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const asked = (rule: string): string[] =>
    riskProfile.values.map((profile) => {
      const { sensitive, budget } = gateProfiles[profile];
      const asks = rule === 'path_policy' || (rule.startsWith('sensitive') ? sensitive : budget);
      return asks ? 'yes' : 'no';
    });
  expect(rows.map(([, rule]) => rule?.replaceAll('`', ''))).toEqual([
    'path_policy',
    'sensitive:<pattern>',
    'budget_steps',
    'budget_time',
  ]);
  for (const [, rule = '', , ...cells] of rows)
    expect(cells.slice(0, 3), rule).toEqual(asked(rule.replaceAll('`', '')));
  for (const { name } of defaultSensitivePatterns) expect(page).toContain(name);
});
