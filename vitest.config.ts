import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { createTallyReporter } from './scripts/tally-reporter.ts';

const tally = process.env['HOMER_TALLY'];

export default defineConfig({
  test: {
    environment: 'node',
    include: ['{main,preload,renderer,scripts}/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'out/**', 'test/e2e/**', 'test/fixtures/**'],
    // Real git, real children, real SQLite: a process of its own per file, and room for a slow disk.
    pool: 'forks',
    // They wait for children and disks more than they compute: one file at a time leaves half of a small machine idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 20_000,
    reporters: tally === undefined ? ['default'] : ['default', createTallyReporter(tally)],
  },
});
