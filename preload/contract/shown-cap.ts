import { costWords, dollars } from '../../main/domain/cost/cost-state.ts';
import type { OutputOf } from './operations.ts';

type Today = Pick<OutputOf<'cost.today'>, 'caps' | 'total'>;
export type CapState = 'fine' | 'near' | 'spent';

export interface ShownCap {
  /** Such as `$3.42 of $5.00`. */
  readonly words: string;
  /** Whose it is; empty: of everything. */
  readonly name: string;
  /** Part that is spent, 0 to 1. */
  readonly share: number;
  readonly state: CapState;
}

/** From here on the owner is told. */
const NEAR = 0.8;

/**
 * The one daily cap that is worth a word where there is room for one: the fullest of the cap of everything and, where a project is chosen, of
 * that project; another project's only when it is nearly spent. Null: nothing is to be said.
 */
export function shownCap({ caps, total }: Today, projectId?: string): ShownCap | null {
  const all = caps.map((cap) => ({ ...describeCap(cap, total.state), cap }));
  const worth = all.filter(
    ({ cap, state }) => cap.projectId === null || cap.projectId === projectId || state !== 'fine',
  );
  const [first] = worth.sort((a, b) => b.share - a.share);
  if (first === undefined) return null;
  const { words, name, share, state } = first;
  return { words, name, share, state };
}

/** `known`: how much of what was used has a known cost; it is told of the cap of everything, whose sum it is. */
export function describeCap(
  { projectId, name, capMicroUsd, spentMicroUsd }: Today['caps'][number],
  known: Today['total']['state'],
): ShownCap {
  const share = spentMicroUsd / capMicroUsd;
  const spent =
    projectId === null && (known === 'partly' || known === 'unknown')
      ? costWords(spentMicroUsd, known)
      : dollars(spentMicroUsd);
  return {
    words: `${spent} of ${dollars(capMicroUsd)}`,
    name,
    share: Math.min(1, share),
    state: share >= 1 ? 'spent' : share >= NEAR ? 'near' : 'fine',
  };
}
