import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestCase } from 'vitest/node';

/** What `npm test` adds up. A skipped test carries its reason, or an empty one, which `npm test` counts as a failure. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: { name: string; reason: string }[];
}

/** The reason is what `context.skip('…')` was told, else what follows a dash in the title: "opens a tray — no display". */
export function skipReason(title: string, note?: string): string {
  return note?.trim() || (/\s[—–-]\s+(?<reason>.+)$/.exec(title)?.groups?.['reason']?.trim() ?? '');
}

/** Writes the tally of a run to `file`. A file that fails outside its tests, and an unhandled error, count as one failure each. */
export function createTallyReporter(file: string): Reporter {
  const nameOf = (test: TestCase): string =>
    `${relative(process.cwd(), test.module.moduleId)} > ${test.fullName}`;
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const tally: Tally = { passed: 0, failed: unhandledErrors.length, skipped: [] };
      for (const module of modules) {
        tally.failed += module.errors().length;
        for (const suite of module.children.allSuites()) tally.failed += suite.errors().length;
        for (const test of module.children.allTests()) {
          const result = test.result();
          if (result.state === 'passed') tally.passed += 1;
          else if (result.state === 'skipped') {
            tally.skipped.push({ name: nameOf(test), reason: skipReason(test.fullName, result.note) });
          } else tally.failed += 1;
        }
      }
      writeFileSync(file, JSON.stringify(tally));
    },
  };
}
