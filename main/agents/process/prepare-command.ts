import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { CommandPlace, Executor, ExecutorCommand } from '../executor.ts';
import type { RunOrder } from '../runner.ts';
import { findProgram } from './find-program.ts';

/** The command of a turn with its program found, its files written and its folder made. */
export function prepareCommand(
  executor: Executor,
  order: RunOrder,
  at: CommandPlace,
): Result<Omit<ExecutorCommand, 'files'>> {
  const command = executor.command(order, at);
  if (!command.ok) return command;
  const { files, links = [], ...rest } = command.value;
  const program = findProgram(rest.program, at.env['PATH']);
  if (program === undefined)
    return fail('program_missing', `The program ${rest.program} was not found.`, {
      hint: `Install ${executor.label}, or add its folder to PATH, and start the run again.`,
    });
  if (files.length + links.length > 0) mkdirSync(at.folder, { mode: 0o700 });
  for (const { path, text } of files) {
    const whole = join(at.folder, path);
    mkdirSync(dirname(whole), { recursive: true, mode: 0o700 });
    writeFileSync(whole, text, { mode: 0o600, flag: 'wx' });
  }
  for (const { path, to, folder } of links) {
    const whole = join(at.folder, path);
    mkdirSync(dirname(whole), { recursive: true, mode: 0o700 });
    if (folder === true) mkdirSync(to, { recursive: true, mode: 0o700 });
    symlinkSync(to, whole);
  }
  return ok({ ...rest, program });
}
