import { describe, expect, it } from 'vitest';
import { addTallies, settle, skipReason, tallyLine, tallyOfPlaywright } from './tally.ts';

const NONE = { passed: 0, failed: 0, skipped: [] };

describe('the reason of a skipped test', () => {
  it('is what the runner was told', () => {
    expect(skipReason('opens a tray — by hand', 'no display')).toBe('no display');
  });
  it('is else what follows the dash in its title', () => {
    expect(skipReason('opens a tray — no display')).toBe('no display');
    expect(skipReason('opens a tray - no display')).toBe('no display');
  });
  it('is empty where none was given, a hyphen not being a dash', () => {
    expect(skipReason('runs end-to-end')).toBe('');
  });
});

describe('a run of tests', () => {
  it('fails when it left no report', () => {
    expect(settle(undefined, 0).failed).toBe(1);
  });
  it('fails when it ran nothing', () => {
    expect(settle(NONE, 0).failed).toBe(1);
  });
  it('fails when its exit code says so though it counted no failure', () => {
    expect(settle({ ...NONE, passed: 3 }, 1)).toEqual({ passed: 3, failed: 1, skipped: [] });
  });
  it('does not count one failure twice', () => {
    expect(settle({ ...NONE, failed: 2 }, 1).failed).toBe(2);
  });
  it('fails for each test skipped without a reason', () => {
    const skipped = [
      { name: 'a', reason: '' },
      { name: 'b', reason: 'no display' },
    ];
    expect(settle({ passed: 1, failed: 0, skipped }, 0)).toEqual({
      passed: 1,
      failed: 1,
      skipped: [{ name: 'b', reason: 'no display' }],
    });
  });
  it('passes otherwise', () => {
    expect(settle({ ...NONE, passed: 3 }, 0)).toEqual({ ...NONE, passed: 3 });
  });
});

it('counts a browser run test by test, a flaky one as failed', () => {
  const tally = tallyOfPlaywright({
    errors: [{}],
    suites: [
      {
        title: 'board.spec.ts',
        specs: [{ title: 'opens', tests: [{ status: 'expected' }, { status: 'flaky' }] }],
        suites: [
          {
            title: 'desktop',
            specs: [
              {
                title: 'starts',
                tests: [{ status: 'skipped', annotations: [{ type: 'skip', description: 'no Electron' }] }],
              },
              { title: 'drags', tests: [{ status: 'unexpected' }] },
            ],
          },
        ],
      },
    ],
  });
  expect(tally).toEqual({
    passed: 1,
    failed: 3,
    skipped: [{ name: 'board.spec.ts > desktop > starts', reason: 'no Electron' }],
  });
});

it('ends with one plain line over all stages', () => {
  const total = addTallies([
    { passed: 2, failed: 0, skipped: [{ name: 'a', reason: 'b' }] },
    { passed: 1, failed: 1, skipped: [] },
  ]);
  expect(tallyLine(total)).toBe('3 passed, 1 failed, 1 skipped');
});
