import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readPlain } from './plain-file.ts';
import type { Repository } from './repository.ts';
import { unlessMissing } from './unless-missing.ts';

export interface BranchFiles {
  /** The commit that the base branch stands at. */
  readonly tip: string;
  /** Full names of the branches that are called as `wanted`, and perhaps some more. */
  readonly names: ReadonlySet<string>;
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u;
/** Of such a name every part is a file name that leads nowhere else. Others are left to git. */
const PLAIN_NAME = /^refs\/heads\/\w[\w-]*(?:[./]\w[\w-]*)*$/u;

/**
 * The tip of `base` and the branches beside `wanted`, read from the files of the repository, which takes no process. Null when that cannot
 * be told for certain: git is to be asked then. Loose branches are read first, since one that is packed meanwhile is in the packed
 * file by the time that is read. Only read: git itself makes the branch afterwards, and refuses a name that is taken.
 */
export async function readBranchFiles(
  { commonDir }: Repository,
  base: string,
  wanted: string,
): Promise<BranchFiles | null> {
  if (!PLAIN_NAME.test(base) || base.endsWith('.lock')) return null;
  const [heads, tables] = [join('refs', 'heads'), 'reftable'].map((name) =>
    unlessMissing(() => lstatSync(join(commonDir, name))),
  );
  if (heads?.isDirectory() !== true || tables !== undefined) return null;
  const folder = dirname(wanted);
  const loose = await readPlain(join(commonDir, base));
  const beside = unlessMissing(() => readdirSync(join(commonDir, folder)));
  const names = new Set((beside ?? []).map((name) => `${folder}/${name}`));
  let tip = loose?.toString().trim();
  const packed = (await readPlain(join(commonDir, 'packed-refs')))?.toString() ?? '';
  for (const line of packed.split('\n')) {
    const space = line.indexOf(' ');
    const name = line.slice(space + 1);
    if (name === base) tip ??= line.slice(0, space);
    else if (name.startsWith(wanted)) names.add(name);
  }
  // A branch that is another name for one, or a file that is cut off.
  return tip !== undefined && COMMIT.test(tip) ? { tip, names } : null;
}
