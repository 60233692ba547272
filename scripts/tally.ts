/** What `npm test` adds up. A skipped test carries its reason; an empty one counts as a failure. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: { name: string; reason: string }[];
}

/** The reason is what the runner was told, else what follows a dash in the title: "opens a tray — no display". */
export function skipReason(title: string, note = ''): string {
  if (note.trim() !== '') return note.trim();
  return /\s[—–-]\s+(?<reason>\S.*)$/.exec(title)?.groups?.['reason']?.trim() ?? '';
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
    skipped: tallies.flatMap((tally) => tally.skipped),
  };
}

/** The tally of a runner that ended with `exitCode`: no report, nothing run, or a failure it did not count is one failure. */
export function settle(tally: Tally | undefined, exitCode: number): Tally {
  if (tally === undefined) return { passed: 0, failed: 1, skipped: [] };
  const unexplained = tally.skipped.filter((test) => test.reason === '').length;
  const failed = tally.failed + unexplained;
  const nothingRan = tally.passed + failed + tally.skipped.length === 0;
  return {
    ...tally,
    failed: failed === 0 && (exitCode !== 0 || nothingRan) ? 1 : failed,
    skipped: tally.skipped.filter((test) => test.reason !== ''),
  };
}

/** The line that everything ends with. */
export function tallyLine(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`;
}

/** The parts of Playwright's JSON report that count. */
export interface PlaywrightReport {
  errors?: readonly unknown[];
  suites?: readonly PlaywrightSuite[];
}
interface PlaywrightSuite {
  title: string;
  suites?: readonly PlaywrightSuite[];
  specs?: readonly PlaywrightSpec[];
}
interface PlaywrightSpec {
  title: string;
  tests: readonly {
    status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
    annotations?: readonly { type: string; description?: string }[];
  }[];
}

/** A test that passed only at a second try failed. */
export function tallyOfPlaywright(report: PlaywrightReport): Tally {
  const tally: Tally = { passed: 0, failed: report.errors?.length ?? 0, skipped: [] };
  const visit = (suite: PlaywrightSuite, above: readonly string[]): void => {
    const path = [...above, suite.title];
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'expected') tally.passed += 1;
        else if (test.status === 'skipped') {
          const note = test.annotations?.find(({ type }) => type === 'skip' || type === 'fixme')?.description;
          tally.skipped.push({
            name: [...path, spec.title].join(' > '),
            reason: skipReason(spec.title, note),
          });
        } else tally.failed += 1;
      }
    }
    for (const child of suite.suites ?? []) visit(child, path);
  };
  for (const suite of report.suites ?? []) visit(suite, []);
  return tally;
}
