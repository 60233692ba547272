import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../shared/clock.ts';
import { recordNames } from './names-before.ts';
import { createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';
import { walkChanges } from './walk-changes.ts';

let repository: TestRepository;
let root: string;
beforeEach(() => {
  repository = createTestRepository();
  root = join(repository.folder, 'tree');
  for (const name of ['a/one', 'a/two', 'b/deep/three']) repository.write(name, 'x', root);
});
afterEach(() => {
  repository.dispose();
});

/** What a walk finds that looks at names alone: nothing is younger than the end of time. */
async function found(change: () => void, most?: number): Promise<{ changed: string[]; gone: string[] }> {
  const clock = createSystemClock();
  const before = await recordNames(clock, root, most);
  change();
  const walked = await walkChanges(clock, root, Number.MAX_SAFE_INTEGER, before);
  const paths = (entries: readonly { path: string }[]): string[] => entries.map(({ path }) => path).sort();
  return { changed: paths(walked.changed), gone: paths(walked.gone) };
}
const move = (from: string, to: string): void => {
  fs.renameSync(join(root, from), join(root, to));
};

describe('the names before a turn', () => {
  it('show that nothing came or went', async () => {
    expect(await found(() => undefined)).toEqual({ changed: [], gone: [] });
  });

  it('show a deleted file', async () => {
    const gone = await found(() => {
      fs.rmSync(join(root, 'a/one'));
    });
    expect(gone).toEqual({ changed: [], gone: ['a/one'] });
  });

  it('show what was in a deleted folder', async () => {
    const gone = await found(() => {
      fs.rmSync(join(root, 'a'), { recursive: true });
    });
    expect(gone).toEqual({ changed: [], gone: ['a/one', 'a/two'] });
  });

  it('show what is in a moved folder, which keeps its times', async () => {
    const moved = await found(() => {
      move('b', 'c');
    });
    expect(moved).toEqual({ changed: ['c/deep/three'], gone: ['b/deep/three'] });
  });

  it('show a folder put in the place of another with the same names', async () => {
    repository.write('c/deep/three', 'y', root);
    const swapped = await found(() => {
      fs.rmSync(join(root, 'b'), { recursive: true });
      move('c', 'b');
    });
    expect(swapped).toEqual({ changed: ['b/deep/three'], gone: ['c/deep/three'] });
  });

  it('show a file put in the place of a folder', async () => {
    const swapped = await found(() => {
      fs.rmSync(join(root, 'b'), { recursive: true });
      repository.write('b', 'y', root);
    });
    expect(swapped).toEqual({ changed: ['b'], gone: ['b/deep/three'] });
  });

  it('tell only the folder where there were too many to keep', async () => {
    const change = (): void => {
      fs.rmSync(join(root, 'a/one'));
    };
    expect(await found(change, 0)).toEqual({ changed: ['a/two'], gone: ['a'] });
    expect(await found(() => undefined, 0)).toEqual({ changed: [], gone: [] });
  });
});
