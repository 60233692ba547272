import type { RunEvent } from '../../domain/run/run-event.ts';
import { runEventType } from '../../domain/run/run-event.ts';
import { runEnded, runStatus, type RunStatus } from '../../domain/run/status.ts';
import { followRun } from '../follow-run.ts';
import { plainLine, plainText } from '../plain-text.ts';
import { ask, valueOf } from './ask.ts';
import type { Answer, CommandContext } from './io.ts';
import { runView } from './views.ts';
import { duration } from './words.ts';
import { schemaOf } from '../../domain/list-schema.ts';

const TEST_LINES_SHOWN = 40;
const good: readonly RunStatus[] = ['applied', 'completed', 'review'];
const needsOwner: readonly RunStatus[] = ['draft', 'blocked'];

/**
 * Shows a run as it goes on, until it has ended or waits in review; `--wait` also returns when it needs its owner, so that a
 * script never hangs. Exit code: 0 applied, completed or ready to review, 75 needs its owner, 1 any other end.
 */
export async function watchRun(context: CommandContext, id: string, mode: 'watch' | 'wait'): Promise<Answer> {
  const { call, live } = await context.connection();
  const events: RunEvent[] = [];
  const settled = (status: RunStatus): boolean =>
    runEnded(status) || status === 'review' || (mode === 'wait' && needsOwner.includes(status));
  const status = valueOf(
    await followRun({
      call,
      live,
      id,
      after: 0,
      receive: (page) => {
        if (context.json) events.push(...page);
        for (const event of page) {
          const line = eventLine(context, event);
          if (line) context.say(line);
        }
      },
      settled,
      signal: context.signal,
    }),
  );
  const detail = await ask(context, 'run.get', { id });
  const exit = good.includes(status) ? 0 : needsOwner.includes(status) ? 75 : 1;
  return { json: { status, exit, run: detail.run, events }, text: `\n${runView(context, detail)}`, exit };
}

/** A large suite says thousands of lines, and why it failed in the last of them; the rest is kept with the run. */
function lastLines(output: string): string {
  const lines = output.trimEnd().split('\n');
  const hidden = lines.length - TEST_LINES_SHOWN;
  return hidden <= 1
    ? output
    : [`… ${String(hidden)} lines before`, ...lines.slice(-TEST_LINES_SHOWN)].join('\n');
}

/** One entry of the timeline in a terminal; empty for what says nothing to a person. */
function eventLine(context: CommandContext, event: RunEvent): string {
  const { paint } = context;
  const at = paint('dim', event.createdAt.slice(11, 19));
  const payload = event.payload;
  const string = (key: string): string => {
    const value = payload[key];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
  };
  const labelled = (label: string, rest: string): string =>
    `${at}  ${paint('bold', label)}${rest ? `  ${plainLine(rest)}` : ''}`;
  const block = (text: string): string =>
    plainText(text)
      .trimEnd()
      .split('\n')
      .map((line) => `          ${line}`)
      .join('\n');
  const label = runEventType.labels[event.type];
  switch (event.type) {
    case 'status_changed': {
      const to = schemaOf(runStatus).safeParse(payload['to']);
      const reason = string('reason');
      return labelled(to.success ? runStatus.labels[to.data] : string('to'), reason);
    }
    case 'step_started':
      return labelled(`Step ${string('step')}/${string('of')}`, string('title'));
    case 'output':
    case 'message':
    case 'reasoning':
      return block(string('text'));
    case 'test_ended':
    case 'setup_ended': {
      const exit = payload['exitCode'];
      const verdict =
        exit === 0
          ? paint('green', 'passed')
          : paint('red', `failed (${string('exitCode') || 'ended early'})`);
      const body = exit === 0 ? '' : `\n${block(lastLines(string('output')))}`;
      return `${at}  ${paint('bold', label)}  ${verdict} in ${duration(Number(payload['durationMs'] ?? 0))}${body}`;
    }
    case 'policy_checked':
      return payload['ok'] === true ? '' : labelled('Policy', 'a changed path is not allowed');
    case 'child_started':
    case 'child_ended':
    case 'step_ended':
    case 'usage':
    case 'tool_result':
      return '';
    default:
      return labelled(
        label,
        ['text', 'message', 'path', 'tool', 'reason', 'note', 'commit', 'command']
          .map(string)
          .find(Boolean) ?? '',
      );
  }
}
