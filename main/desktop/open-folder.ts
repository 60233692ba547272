import { shell } from 'electron';
import { fail, ok, type Result } from '../shared/result.ts';

/** Shows one of Homer's own folders in the file manager. */
export async function openFolder(folder: string): Promise<Result<void>> {
  const problem = await shell.openPath(folder);
  return problem === ''
    ? ok(undefined)
    : fail('no_file_manager', `The folder was not opened: ${problem}`, {
        hint: `Copy its path and open it by hand: ${folder}`,
      });
}
