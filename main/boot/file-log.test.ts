import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSystemClock } from '../shared/clock.ts';
import { createFileLog } from './file-log.ts';

it('does not make a data folder again that was cleared away', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'homer-log-'));
  const log = createFileLog({ dataDir, clock: createSystemClock() });
  log.info('first');
  expect(readFileSync(join(dataDir, 'logs', 'homer.log'), 'utf8')).toContain('"first"');
  rmSync(dataDir, { recursive: true });
  log.warn('late');
  expect(existsSync(dataDir)).toBe(false);
});

it('begins a new file when one is full, keeps four older ones, and writes no secret into any', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'homer-log-'));
  const log = createFileLog({ dataDir, clock: createSystemClock(), rotateBytes: 2_000 });
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  for (let n = 0; n < 200; n += 1) log.info(`line ${String(n)}`, { token: secret });
  const folder = join(dataDir, 'logs');
  expect(readdirSync(folder).sort()).toEqual([
    'homer.log',
    'homer.log.1',
    'homer.log.2',
    'homer.log.3',
    'homer.log.4',
  ]);
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).size).toBeLessThan(2_300);
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain(secret);
  }
  expect(readFileSync(join(folder, 'homer.log'), 'utf8')).toContain('"line 199"');
  rmSync(dataDir, { recursive: true });
});
