import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSilentLog } from '../shared/log.ts';
import { fitToScreens, readWindowState, writeWindowState } from './window-state.ts';

const screens = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: 1920, y: 0, width: 1280, height: 720 },
];
const log = createSilentLog();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'homer-window-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('opens where it was closed', () => {
  const file = path.join(folder, 'kept.json');
  const state = { bounds: { x: 2000, y: 40, width: 900, height: 600 }, maximized: true };
  writeWindowState(file, state, log);
  expect(readWindowState(file, screens, log)).toEqual(state);
});

test('comes back to the first screen when its own was unplugged', () => {
  const fitted = fitToScreens(
    { bounds: { x: 2000, y: 40, width: 900, height: 600 }, maximized: false },
    screens.slice(0, 1),
  );
  expect(fitted.bounds).toEqual({ width: 900, height: 600 });
});

test('shrinks to a smaller screen', () => {
  const fitted = fitToScreens(
    { bounds: { x: 1930, y: 10, width: 1900, height: 1000 }, maximized: false },
    screens,
  );
  expect(fitted.bounds).toMatchObject({ width: 1280, height: 720 });
});

test.each(['', '{', '{"bounds":{"x":"left"}}', 'null'])('starts as usual when the file holds %j', (text) => {
  const file = path.join(folder, 'broken.json');
  writeFileSync(file, text);
  expect(readWindowState(file, screens, log)).toEqual({
    bounds: { width: 1280, height: 840 },
    maximized: false,
  });
});
