import { createContext, use } from 'react';
import type { ProposalDecision } from '../../../preload/contract/moves.ts';
import type { InputOf, OutputOf } from '../../../preload/contract/operations.ts';

/** What a decision needs of a proposal; a card and a whole proposal both have it. */
export interface Decidable {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly title: string;
}
/** What can be given to a proposal besides a decision; a card and a whole proposal both have it. */
export type Linked = Decidable &
  Pick<OutputOf<'proposal.cards'>[number], 'goalId' | 'projectId' | 'priority' | 'stage' | 'source'>;
type Given = Omit<InputOf<'proposal.decide'>, 'id' | 'version' | 'action'>;

export type BulkDecision = 'approve' | 'details' | 'skip' | 'reject';
export type Picked = 'goal' | 'project' | 'priority';

/** Everything that is decided about proposals, from any view: one way to do it, to take it back, and to hear of a refusal. */
export interface Decisions {
  /** At once; `reject` and `execute` open their dialogs instead. */
  decide(proposal: Decidable, action: ProposalDecision, given?: Given): void;
  /** As `decide`, for several; those for which it is refused stay where they are. */
  decideAll(proposals: readonly Decidable[], action: BulkDecision): void;
  snooze(...proposals: readonly Decidable[]): void;
  wake(proposal: Decidable): void;
  /** Opens the form, with a title that was typed elsewhere. */
  create(projectId?: string, title?: string): void;
  /** Asks which goal, project or priority they get. */
  pick(what: Picked, proposals: readonly Linked[]): void;
  /** Keeps how something else is taken back, so that undo finds it in its turn; the result forgets it. */
  keepUndo(takeBack: () => Promise<void>): () => void;
  undo(): void;
  readonly canUndo: boolean;
  /** How often something was taken back, once that is done: what comes back then was asked for here. */
  readonly undone: number;
}

export const DecisionsContext = createContext<Decisions | undefined>(undefined);

export function useDecisions(): Decisions {
  const decisions = use(DecisionsContext);
  if (!decisions) throw new Error('Decisions need a DecisionsProvider above them');
  return decisions;
}
