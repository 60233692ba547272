import type { Result } from '../../../shared/result.ts';
import type { CommandOutcome } from '../../process/run-command.ts';
import { boundText } from './bound-text.ts';
import { done, refused, type ToolOutcome } from './tool.ts';

const MOST_CHARACTERS = 12_000;

/** Runs a command in the worktree, with the bounds and the ending of everything Homer starts. */
export type RunHere = (
  command: string | readonly [string, ...string[]],
  limitMs: number,
  outputLimit?: number,
) => Promise<Result<CommandOutcome>>;

/** What a command came to, in words for the model: its ending first, then most of its output's end. */
export function outcomeWords(outcome: Result<CommandOutcome>, limitMs: number): ToolOutcome {
  if (!outcome.ok) return refused(outcome.error.message);
  const { exitCode, signal, timedOut, output } = outcome.value;
  const how = timedOut
    ? `Ended after ${String(Math.round(limitMs / 1_000))} s, which is its limit.`
    : exitCode === null
      ? `Ended by ${signal ?? 'a signal'}.`
      : `Exit code ${String(exitCode)}.`;
  const text = output.trim() === '' ? '(no output)' : boundText(output, MOST_CHARACTERS, 'end');
  return (exitCode === 0 && !timedOut ? done : refused)(`${how}\n${text}`);
}
