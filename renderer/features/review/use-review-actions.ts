import { useActions } from '../../app/actions-context.tsx';
import type { Action } from '../../app/actions.ts';
import type { RunDetail } from '../run/run-types.ts';
import { strings } from './strings.ts';

const words = strings.actions;

export interface ReviewHandlers {
  /** What the way back is called just now. */
  readonly undoTitle: string;
  readonly nextHunk: () => void;
  readonly previousHunk: () => void;
  readonly nextFile: () => void;
  readonly previousFile: () => void;
  readonly viewed: () => void;
  /** Undefined while no line is chosen. */
  readonly comment: (() => void) | undefined;
  readonly leaveOut: (() => void) | undefined;
  /** Undefined where nothing is hidden. */
  readonly expand: (() => void) | undefined;
  readonly split: () => void;
  readonly wrap: () => void;
  readonly whitespace: () => void;
  readonly tests: () => void;
  readonly apply: () => void;
  readonly rollBack: () => void;
  readonly sendBack: () => void;
  readonly discard: () => void;
}

type Name = Exclude<keyof ReviewHandlers, 'undoTitle'>;
const ids: Partial<Record<Name, string>> = {
  sendBack: 'send-back',
  rollBack: 'roll-back',
  leaveOut: 'leave-out',
};

/** Keys and palette entries of the review, with the reason where one cannot be done. */
export function useReviewActions(detail: RunDetail, on: ReviewHandlers): void {
  const can = (action: 'apply' | 'discard' | 'request_changes'): string | undefined =>
    detail.possible.includes(action) ? undefined : words.notReview;
  const again = detail.possible.includes('apply_again');
  const act = (name: Name, keys: string | string[], unavailable?: string): Action => ({
    id: `review.${ids[name] ?? name}`,
    title: name === 'rollBack' ? on.undoTitle : name === 'apply' && again ? words.applyAgain : words[name],
    keys,
    unavailable,
    group: strings.group,
    scope: 'view',
    run: () => on[name]?.(),
  });
  useActions([
    act('nextHunk', 'j'),
    act('previousHunk', 'k'),
    act('nextFile', 'Shift+j'),
    act('previousFile', 'Shift+k'),
    act('viewed', 'v'),
    act('comment', 'c', on.comment ? undefined : words.chooseLine),
    act(
      'leaveOut',
      'x',
      on.leaveOut ? undefined : again ? words.chooseLine : (can('apply') ?? words.chooseLine),
    ),
    act('expand', 'e', on.expand ? undefined : words.noGap),
    act('split', 's'),
    act('wrap', 'w'),
    act('whitespace', 'i'),
    act('tests', 't'),
    act('apply', 'a', again ? undefined : can('apply')),
    act(
      'rollBack',
      ['Shift+z', '$mod+z'],
      detail.possible.includes('roll_back') ? undefined : words.notApplied,
    ),
    act('sendBack', 'r', can('request_changes')),
    act('discard', 'Shift+r', can('discard')),
  ]);
}
