import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './scripts/long-first.ts';
import { createTallyReporter } from './scripts/tally-reporter.ts';

const tally = process.env['HOMER_TALLY'];

const include = ['{main,preload,renderer,scripts}/**/*.test.{ts,tsx}', 'test/**/*.test.ts'];
const exclude = ['**/node_modules/**', 'out/**', 'test/e2e/**', 'test/fixtures/**'];
const pure = ['{main/domain,preload,renderer}/**/*.test.{ts,tsx}'];

export default defineConfig({
  test: {
    environment: 'node',
    // Real git, real children, real SQLite: a process of its own per file, and room for a slow disk.
    pool: 'forks',
    // They wait for children and disks more than they compute: a file for each core leaves half of a small machine idle.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    sequence: { sequencer: LongFirst },
    projects: [
      { extends: true, test: { name: 'real', include, exclude: [...exclude, ...pure] } },
      // What only computes leaves nothing behind: many files to a process, since starting one takes longer than most of these.
      { extends: true, test: { name: 'pure', include: pure, exclude, isolate: false } },
    ],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    reporters: tally === undefined ? ['default'] : ['default', createTallyReporter(tally)],
  },
});
