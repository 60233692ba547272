import type { SignedIn } from '../account/signed-in.ts';
import type { Unfree } from '../account/choose.ts';
import { taskType, type TaskType } from './task-type.ts';

/** What is known of an executor when one is chosen. */
export interface ExecutorState {
  readonly name: string;
  readonly label: string;
  /** It is on this machine, and Homer can work with it. */
  readonly ready: boolean;
  readonly signedIn: SignedIn;
  readonly hasAccounts: boolean;
  /** What keeps it from a turn for a while: its accounts, or a limit of runs. */
  readonly waits: Unfree | null;
}

export type ExecutorChoice =
  | { readonly executor: string; readonly label: string; readonly why: string; readonly waits: null }
  | { readonly executor: null; readonly waits: Unfree };

/**
 * The first executor of the table's row that can take a turn now. When none can: what the first one that only waits is waiting for, else
 * what is wrong with each.
 */
export function chooseExecutor(
  kind: TaskType,
  names: readonly string[],
  known: ReadonlyMap<string, ExecutorState>,
): ExecutorChoice {
  const what = taskType.labels[kind].toLowerCase();
  const passed: string[] = [];
  const waiting: Unfree[] = [];
  for (const name of names) {
    const state = known.get(name);
    const wrong = whyNot(state);
    if (state && wrong === null && state.waits === null) {
      const rest = passed.length === 0 ? '' : ` that can take it (${passed.join('; ')})`;
      const why = `${state.label} takes it, chosen because it is the first for ${what}${rest}.`;
      return { executor: name, label: state.label, why, waits: null };
    }
    if (state && wrong === null && state.waits !== null) waiting.push(state.waits);
    passed.push(`${state?.label ?? name}: ${wrong ?? state?.waits?.why.replace(/\.$/u, '') ?? ''}`);
  }
  const [first] = waiting.sort((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity));
  if (first) return { executor: null, waits: first };
  const why =
    names.length === 0
      ? `No executor is named for ${what}. Name one in the setting agents.by_task.`
      : `No executor for ${what} can take it (${passed.join('; ')}). Install or sign in to one, or change the setting agents.by_task.`;
  return { executor: null, waits: { why, until: null } };
}

/** What its owner must mend before an executor can be chosen. */
function whyNot(state: ExecutorState | undefined): string | null {
  if (!state?.ready) return 'not found';
  return state.signedIn === 'no' && !state.hasAccounts ? 'not signed in' : null;
}
