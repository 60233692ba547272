import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readStagesFile } from './stages-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homer-stages-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const file = (text: string): string => {
  const path = join(folder, 'stages.json');
  writeFileSync(path, text);
  return path;
};

it('takes a list or an object, and knows a workflow by its needs', async () => {
  expect(await readStagesFile(undefined)).toBeNull();
  expect(await readStagesFile(file('[{"id": "a"}]'))).toEqual({ runType: 'pipeline', stages: [{ id: 'a' }] });
  expect(
    (await readStagesFile(file('{"stages": [{"id": "a"}, {"id": "b", "needs": ["a"]}]}')))?.runType,
  ).toBe('workflow');
});

it('says what is wrong with a file that is not there, not JSON, or no list', async () => {
  await expect(readStagesFile(join(folder, 'none.json'))).rejects.toMatchObject({
    failure: { tag: 'invalid_input' },
  });
  await expect(readStagesFile(file('{'))).rejects.toMatchObject({ failure: { tag: 'invalid_input' } });
  await expect(readStagesFile(file('3'))).rejects.toMatchObject({
    failure: { message: expect.stringContaining('no list') },
  });
});
