import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createManualClock } from '../shared/clock.ts';
import { openStartJournal } from './start-journal.ts';

let folder: string;
const said: string[] = [];
const note = (message: string): void => void said.push(message);
const log = { debug: note, info: note, warn: note, error: note };
const clock = createManualClock('2026-11-21T08:00:00.000Z');
const open = () => openStartJournal(path.join(folder, 'start.json'), clock, log);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'homer-start-'));
  said.length = 0;
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('an orderly end leaves nothing to say', () => {
  open().ended();
  expect(open()).toMatchObject({ endedBadly: null, badStarts: 0 });
});

test('a start that died while starting is counted, one that had come up is not', () => {
  open();
  expect(open()).toMatchObject({ endedBadly: '2026-11-21T08:00:00.000Z', badStarts: 1 });
  expect(open()).toMatchObject({ badStarts: 2 });
  const third = open();
  expect(third.badStarts).toBe(3);
  third.up();
  expect(open()).toMatchObject({ endedBadly: '2026-11-21T08:00:00.000Z', badStarts: 0 });
});

test('a note that was cut short is told in the log and forgotten', () => {
  writeFileSync(path.join(folder, 'start.json'), '{"startedAt":');
  expect(open()).toMatchObject({ endedBadly: null, badStarts: 0 });
  expect(said).toEqual(['the note of the former start could not be read']);
  expect(JSON.parse(readFileSync(path.join(folder, 'start.json'), 'utf8'))).toMatchObject({ up: false });
});

test('a folder that cannot be written does not keep Homer from starting', () => {
  rmSync(folder, { recursive: true });
  expect(open()).toMatchObject({ endedBadly: null });
  expect(said).toEqual(['the note of this start could not be written']);
});
