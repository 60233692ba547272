import { spawn } from 'node:child_process';
import type { Clock } from '../../shared/clock.ts';
import type { Scope } from '../../shared/scope.ts';
import { usedInExport } from '../opencode/opencode-export.ts';
import type { Used } from '../turn-account.ts';
import type { TurnFile } from '../driver/turn-file.ts';

const LIMIT_MS = 15_000;
/** A session that is longer is not counted this way. */
const LONGEST = 128 * 1024 * 1024;

/** What a turn used, asked of the program itself once it has ended; null when it does not tell. */
export async function sessionUse(
  turn: TurnFile,
  session: { readonly id: string; readonly sinceMs: number },
  { clock, scope }: { clock: Clock; scope: Scope },
): Promise<Required<Used> | null> {
  if (turn.useArgs === undefined) return null;
  const args = turn.useArgs.map((arg) => (arg === '{session}' ? session.id : arg));
  const program = spawn(turn.program, args, { cwd: turn.worktree, stdio: ['ignore', 'pipe', 'ignore'] });
  const parts: Buffer[] = [];
  let size = 0;
  program.stdout.on('data', (part: Buffer) => {
    size += part.length;
    if (size > LONGEST) program.kill('SIGKILL');
    else parts.push(part);
  });
  const late = clock.after(scope, LIMIT_MS, () => program.kill('SIGKILL'));
  const whole = await new Promise<boolean>((resolve) => {
    program.once('error', () => resolve(false));
    program.once('close', (code) => resolve(code === 0));
  });
  late();
  return whole ? usedInExport(Buffer.concat(parts).toString('utf8'), session.sinceMs) : null;
}
