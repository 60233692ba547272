import type { ProposalDecision } from '../../../preload/contract/moves.ts';
import type { Decidable } from './decisions.ts';

export interface PressedDecisions {
  /** What of this is a first press. */
  begin(proposals: readonly Decidable[], action: ProposalDecision): readonly Decidable[];
  /** Those were not carried out: the same may be pressed again. */
  free(ids: readonly string[]): void;
}

/**
 * Decisions of this window on proposals as they were shown. A second press of the same is no second decision: sent, it would be refused as out
 * of date, and that refusal would stand in the place of the first one's undo.
 */
export function createPressedDecisions(): PressedDecisions {
  const pressed = new Map<string, string>();
  return {
    begin(proposals, action) {
      return proposals.filter(({ id, version }) => {
        const press = `${String(version)} ${action}`;
        if (pressed.get(id) === press) return false;
        pressed.set(id, press);
        return true;
      });
    },
    free(ids) {
      for (const id of ids) pressed.delete(id);
    },
  };
}
