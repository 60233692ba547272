import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestCase } from 'vitest/node';
import { skipReason, type Tally } from './tally.ts';

/**
 * Writes the tally of a unit run to `file`. Vitest's own JSON report drops the note of `context.skip('why')`.
 * A file that fails outside its tests, and an unhandled error, count as one failure each.
 */
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
            tally.skipped.push({ name: nameOf(test), reason: skipReason(test.name, result.note) });
          } else tally.failed += 1;
        }
      }
      writeFileSync(file, JSON.stringify(tally));
    },
  };
}
