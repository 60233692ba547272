import type { TurnEnding } from '../agents/runner.ts';
import type { TestEvidence } from '../domain/run/run.ts';
import type { Failure } from '../shared/result.ts';

/** The words in which the loop tells people what happened. */

/** What a step came to, as the timeline and the checkpoint name it. */
export function resultOf(ending: TurnEnding, test: TestEvidence | null): string {
  if (ending.class !== 'ok') return ending.class.replaceAll('_', ' ');
  if (test && test.exitCode !== 0) return 'tests fail';
  return ending.taskState === 'none' ? 'ended' : ending.taskState;
}

export function failureOf(ending: TurnEnding): Failure {
  const words: Record<TurnEnding['class'], string> = {
    ok: '',
    rate_limited:
      ending.resetsAt === null
        ? 'The account is rate limited.'
        : `The account is rate limited until ${ending.resetsAt}.`,
    auth: 'The agent is not signed in, or its key was refused.',
    refused: 'The agent refused the task.',
    network: 'The model could not be reached.',
    context_overflow: 'The conversation has outgrown the model, also when begun anew.',
    session_unknown: 'The agent does not know the session it was to go on with.',
    turn_limit: 'The agent reached a limit of its own.',
    no_result: `The agent ended with ${exitWords(ending.exitCode, ending.signal)} and told no result.`,
    crashed: `The agent ended with ${exitWords(ending.exitCode, ending.signal)}.`,
    cancelled: 'The agent was ended.',
    timed_out: 'The agent ran out of time.',
    no_output: firstLine(ending.message) || 'The agent printed nothing for too long and was ended.',
    flooded: 'The agent printed more than Homer keeps and was ended.',
    lost: 'The agent was gone without a result.',
  };
  return {
    tag: `agent_${ending.class}`,
    message: words[ending.class],
    hint: ending.message.trim().split('\n').at(-1)?.slice(0, 300) ?? '',
  };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

export function exitWords(exitCode: number | null, signal: string | null = null): string {
  if (exitCode !== null) return `exit code ${String(exitCode)}`;
  return signal === null ? 'no exit code' : `signal ${signal}`;
}

export function minutes(ms: number): string {
  return ms < 120_000 ? `${String(Math.round(ms / 1_000))} s` : `${String(Math.round(ms / 60_000))} minutes`;
}
