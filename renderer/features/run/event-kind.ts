import { violations } from './event-payload.ts';
import type { RunEvent } from './run-types.ts';
import type { Plain } from './timeline-entry.ts';

type Kinds = Partial<Record<RunEvent['type'], Plain['kind']>>;

/** Events that begin something, and the ones that end it: a pair is one entry. */
export const begins: Kinds = { setup_started: 'setup', child_started: 'process', test_started: 'test' };
export const ends: Kinds = { setup_ended: 'setup', child_ended: 'process', test_ended: 'test' };
/** Events that are an entry of their own. */
export const alone: Kinds = {
  message: 'message',
  policy_checked: 'policy',
  checkpoint: 'checkpoint',
  directive: 'directive',
  question: 'question',
  answer: 'answer',
  permission: 'permission',
  retry: 'retry',
  error: 'error',
  status_changed: 'status',
  attempt_started: 'attempt',
  worktree_created: 'worktree',
  applied: 'applied',
  rolled_back: 'rolled_back',
  stage_started: 'stage_started',
  stage_ended: 'stage_ended',
  joined: 'joined',
  dry_run: 'dry_run',
  recovered: 'recovered',
  output_capped: 'capped',
  quiet: 'quiet',
};

/** Whether an event by itself says that something went wrong. A test that fails before any work is the starting point, not a failure. */
export function eventFailed(event: RunEvent): boolean {
  const { payload } = event;
  switch (event.type) {
    case 'error':
      return true;
    case 'tool_result':
      return payload['ok'] === false;
    case 'policy_checked':
      return payload['ok'] === false || violations(event).length > 0;
    case 'setup_ended':
    case 'child_ended':
      return payload['exitCode'] !== 0;
    case 'test_ended':
      return payload['when'] === 'after' && payload['exitCode'] !== 0;
    case 'stage_ended':
      return payload['result'] === 'failed';
    case 'status_changed':
      return payload['to'] === 'failed' || payload['to'] === 'timeout';
    default:
      return false;
  }
}
