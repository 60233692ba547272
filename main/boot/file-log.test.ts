import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
