import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../shared/clock.ts';
import type { Clock } from '../shared/clock.ts';
import { createRemembered } from './remembered.ts';

let folder: string;
let file: string;
let reads: number;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'homer-remembered-'));
  file = join(folder, 'config');
  fs.writeFileSync(file, 'one');
  reads = 0;
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** A clock for which everything on the disk is long settled. */
const later = (ms = 60_000): Clock => {
  const clock = createSystemClock();
  return { ...clock, now: () => clock.now() + ms };
};
const reading = (): Promise<string> => {
  reads += 1;
  return Promise.resolve(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : 'none');
};

describe('what was read from files', () => {
  it('is not read again while they stay the same', async () => {
    const remembered = createRemembered(later());
    expect(await remembered.of('key', [file], reading)).toBe('one');
    expect(await remembered.of('key', [file], reading)).toBe('one');
    expect(reads).toBe(1);
  });

  it.each<[string, () => void]>([
    ['was written anew with the same size', () => fs.writeFileSync(file, 'two')],
    [
      'was written anew with its times set back',
      () => {
        const { atime, mtime } = fs.statSync(file);
        fs.writeFileSync(file, 'two');
        fs.utimesSync(file, atime, mtime);
      },
    ],
    [
      'was swapped for another',
      () => {
        fs.writeFileSync(`${file}.new`, 'two');
        fs.renameSync(`${file}.new`, file);
      },
    ],
    [
      'became a link to another',
      () => {
        fs.writeFileSync(`${file}.new`, 'two');
        fs.rmSync(file);
        fs.symlinkSync(`${file}.new`, file);
      },
    ],
    ['is gone', () => fs.rmSync(file)],
  ])('is read again when a file %s', async (_, change) => {
    const remembered = createRemembered(later());
    await remembered.of('key', [file], reading);
    await new Promise((resolve) => setTimeout(resolve, 20));
    change();
    expect(await remembered.of('key', [file], reading)).not.toBe('one');
  });

  it('is read again when a file comes to be that was not there', async () => {
    const remembered = createRemembered(later());
    const more = join(folder, 'more');
    await remembered.of('key', [file, more], reading);
    fs.writeFileSync(more, '');
    await remembered.of('key', [file, more], reading);
    expect(reads).toBe(2);
  });

  it('is not kept while a file is so young that it could change under the same times', async () => {
    const remembered = createRemembered(createSystemClock());
    await remembered.of('key', [file], reading);
    await remembered.of('key', [file], reading);
    expect(reads).toBe(2);
  });

  it('is not kept when a file changed while it was read', async () => {
    const remembered = createRemembered(later());
    await remembered.of('key', [file], async () => {
      const value = await reading();
      await new Promise((resolve) => setTimeout(resolve, 20));
      fs.writeFileSync(file, 'two');
      return value;
    });
    expect(await remembered.of('key', [file], reading)).toBe('two');
  });
});
