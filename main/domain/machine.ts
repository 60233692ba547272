import { fail, ok, type Result } from '../shared/result.ts';

/**
 * A state machine is a table: each row says what happens (`on`), in which states it may (`from`), where it leads (`to`),
 * and who may cause it (`by`). `step` is the only reader of the table; stores write a state column only with its answer.
 */
/** `undo`: the owner, taking back what was decided last; never offered as a decision. */
export type Cause = 'owner' | 'runtime' | 'agent' | 'rule' | 'undo';

export interface MachineRow<S extends string, A extends string> {
  readonly on: A;
  readonly from: readonly S[];
  readonly to: S;
  readonly by: readonly Cause[];
  readonly note?: string;
}

export interface Machine<S extends string, A extends string> {
  /** The entity, as in the glossary. */
  readonly name: string;
  readonly states: readonly S[];
  /** States an entity may be born in. */
  readonly starts: readonly S[];
  /** States nothing leads out of. */
  readonly ends: readonly S[];
  readonly rows: readonly MachineRow<S, A>[];
}

export function machine<S extends string, const A extends string>(table: Machine<S, A>): Machine<S, A> {
  return table;
}

export type ActionOf<M> = M extends Machine<string, infer A> ? A : never;

/** The state that `on` leads to from `from`; an `illegal_transition` failure changes nothing. */
export function step<S extends string, A extends string>(table: Machine<S, A>, from: S, on: A): Result<S> {
  const row = table.rows.find((candidate) => candidate.on === on && candidate.from.includes(from));
  if (row) return ok(row.to);
  const possible = table.rows
    .filter((row) => row.from.includes(from) && row.by.some((cause) => cause !== 'undo'))
    .map((row) => row.on);
  return fail('illegal_transition', `A ${table.name} that is ${from} cannot ${words(on)}.`, {
    hint: possible.length
      ? `From ${from} it can: ${possible.map(words).join(', ')}.`
      : `${from} is an end state; nothing leads out of it.`,
    details: { machine: table.name, from, on, possible },
  });
}

/** What can happen next in `from`, in table order. */
export function actionsFrom<S extends string, A extends string>(table: Machine<S, A>, from: S): A[] {
  return table.rows.filter((row) => row.from.includes(from)).map((row) => row.on);
}

/** The actions that lead from one state to another; empty when no row does. */
export function actionsBetween<S extends string, A extends string>(
  table: Machine<S, A>,
  from: S,
  to: S,
): A[] {
  return table.rows.filter((row) => row.to === to && row.from.includes(from)).map((row) => row.on);
}

function words(action: string): string {
  return action.replaceAll('_', ' ');
}
