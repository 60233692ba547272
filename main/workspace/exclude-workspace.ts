import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Repository } from './repository.ts';
import { WORKSPACE_FOLDER, ignoreMissing } from './workspace-paths.ts';

/** Keeps Homer's folder out of the owner's `git status`, without a change to any committed file. */
export async function excludeWorkspace(repository: Repository): Promise<void> {
  const file = join(repository.commonDir, 'info', 'exclude');
  const text = (await readFile(file, 'utf8').catch(ignoreMissing)) ?? '';
  if (text.split(/\r?\n/u).includes(`/${WORKSPACE_FOLDER}/`)) return;
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}/${WORKSPACE_FOLDER}/\n`);
}
