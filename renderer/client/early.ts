import type { Carrier } from './call.ts';
import type { InputOf, OperationName } from '../../preload/contract/operations.ts';

/** Answers that the page's first script asked for, by the name and the input of the question. */
export type EarlyAnswers = Map<string, Promise<{ readonly came: unknown } | { readonly lost: unknown }>>;

const storageKey = 'homer.early';

/**
 * Gives what was asked before there were modules to the first who asks the same. The questions were on their way at once, so an answer may be
 * older than the sequence that the live stream goes on from; such a one is asked for again.
 */
export function createEarlyCarrier(early: EarlyAnswers, carry: Carrier): Carrier {
  let from = -Infinity;
  return async (name, input) => {
    const key = `${name} ${JSON.stringify(input)}`;
    const asked = early.get(key);
    if (!asked) return carry(name, input);
    early.delete(key);
    const answer = await asked;
    if ('lost' in answer) return carry(name, input);
    const seq = seqOf(answer.came);
    if (name === 'overview.get') from = seq;
    return seq < from ? carry(name, input) : answer.came;
  };
}

/** -Infinity for an answer that does not say what it reflects: it counts as old. */
function seqOf(answer: unknown): number {
  const { value } = (answer ?? {}) as { value?: { seq?: unknown } };
  return typeof value?.seq === 'number' ? value.seq : -Infinity;
}

/** What the first script is to ask when this address is opened again: renderer/public/first.js. */
export function askEarlyNext<N extends OperationName>(
  storage: Pick<Storage, 'setItem'>,
  hash: string,
  name: N,
  input: InputOf<N>,
): void {
  storage.setItem(storageKey, JSON.stringify({ hash, name, input }));
}
