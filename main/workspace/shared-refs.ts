import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPlain, readPlainNow } from './plain-file.ts';
import type { Repository } from './repository.ts';
import { unlessMissing } from './unless-missing.ts';

/** Branches, tags and the like of the shared repository: name to what is written there. */
export type SharedRefs = Readonly<Record<string, string>>;

const MOST_REFS = 20_000;

/**
 * Reads the references of a repository from its files, which takes no process: the packed ones first, since a loose one beats them.
 * Where references are kept in another way, none are found, and then nothing is said of them.
 */
export async function readSharedRefs(repository: Repository): Promise<SharedRefs> {
  const refs: Record<string, string> = Object.create(null) as Record<string, string>;
  const packed = await readPlain(join(repository.commonDir, 'packed-refs'));
  let count = 0;
  for (const line of (packed ?? '').toString().split('\n')) {
    const found = /^([0-9a-f]{40,64}) (refs\/\S+)$/u.exec(line);
    if (!found || (count += 1) > MOST_REFS) continue;
    if (counts(found[2] ?? '')) refs[found[2] ?? ''] = found[1] ?? '';
  }
  const pending = ['refs/heads', 'refs/tags', 'refs/replace'];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const below = join(repository.commonDir, folder);
    // Between two folders others may go on.
    await new Promise((resolve) => setImmediate(resolve));
    for (const entry of unlessMissing(() => readdirSync(below, { withFileTypes: true })) ?? []) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) pending.push(name);
      else if (!counts(name) || name.endsWith('.lock') || (count += 1) > MOST_REFS) continue;
      else refs[name] = looseRef(join(repository.commonDir, name));
    }
  }
  return refs;
}

function looseRef(file: string): string {
  const found = unlessMissing(() => lstatSync(file));
  if (found?.isFile() !== true || found.size > 4_096) return found ? 'not a reference' : '';
  return readPlainNow(file)?.toString().trim() ?? '';
}

/** Homer's own branches and what it keeps of runs move by its own hand. */
function counts(name: string): boolean {
  return (
    /^refs\/(heads|tags|replace)\//u.test(name) &&
    !name.startsWith('refs/heads/homer/run-') &&
    !/[\p{Cc}]/u.test(name)
  );
}

export interface MovedRef {
  readonly name: string;
  /** Empty: there was none. */
  readonly from: string;
  /** Empty: it is gone. */
  readonly to: string;
}

export function movedRefs(before: SharedRefs, now: SharedRefs): MovedRef[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names]
    .map((name) => ({ name, from: before[name] ?? '', to: now[name] ?? '' }))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
