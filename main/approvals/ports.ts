import type { Actor } from '../domain/decision/decision.ts';
import type { Choice } from '../domain/inbox/choice.ts';
import type { InboxKind } from '../domain/inbox/inbox-item.ts';
import type { Write } from '../store/database.ts';

/** One choice on one item, as it was shown. */
export interface ItemDecision {
  readonly kind: InboxKind;
  readonly entityId: string;
  /** What was shown; anything newer is refused as stale. */
  readonly version: number;
  readonly choice: Choice;
  /** A reason, an answer, or what the plan should change. */
  readonly text?: string | undefined;
}

/** Carries a choice out in the caller's transaction; throws a `FailureError` when it cannot. Boot joins it with the API, which knows every noun. */
export type DecideItem = (write: Write, decision: ItemDecision, actor: Actor) => void;
