import type { Choice } from '../../../preload/contract/choices.ts';
import { useActions } from '../../app/actions-context.tsx';
import { choiceKeys, chordOf } from './choice-keys.ts';
import { strings } from './strings.ts';

export interface QuickActions {
  /** What can be chosen for the item in front; none without one. */
  readonly choices: readonly Choice[];
  readonly onDecide: (choice: Choice) => void;
  /** Why nothing can be decided just now. */
  readonly wait: string | undefined;
  readonly step: (by: number) => void;
  /** Undefined: nothing waits. */
  readonly open: (() => void) | undefined;
  readonly more: boolean;
  readonly onMore: (shown: boolean) => void;
  /** Undefined: nothing can be taken back. */
  readonly undo: (() => void) | undefined;
  readonly dashboard: () => void;
  readonly held: boolean;
  readonly fresh: boolean;
  readonly onHold: () => void;
  readonly hide: (() => void) | undefined;
}

/** The keys of the quick window. */
export function useQuickActions(at: QuickActions): void {
  const base = { group: strings.group, scope: 'view' } as const;
  const nothing = at.open ? undefined : strings.choose;
  const { choices, wait } = at;
  useActions([
    {
      ...base,
      id: 'quick.next',
      title: strings.nextItem,
      keys: ['j', 'ArrowDown'],
      repeats: true,
      run: () => at.step(1),
    },
    {
      ...base,
      id: 'quick.previous',
      title: strings.previous,
      keys: ['k', 'ArrowUp'],
      repeats: true,
      run: () => at.step(-1),
    },
    {
      ...base,
      id: 'quick.open',
      title: strings.openItem,
      keys: 'Enter',
      unavailable: nothing,
      run: () => at.open?.(),
    },
    {
      ...base,
      id: 'quick.more',
      title: strings.showMore,
      keys: 'ArrowRight',
      unavailable: nothing,
      run: () => at.onMore(true),
    },
    { ...base, id: 'quick.less', title: strings.showLess, keys: 'ArrowLeft', run: () => at.onMore(false) },
    {
      ...base,
      id: 'quick.summary',
      title: at.more ? strings.showLess : strings.showMore,
      keys: 'Space',
      listed: false,
      unavailable: nothing,
      run: () => at.onMore(!at.more),
    },
    {
      ...base,
      id: 'quick.undo',
      title: strings.undoLast,
      keys: ['u', '$mod+z'],
      unavailable: at.undo ? undefined : strings.nothingHeld,
      run: () => at.undo?.(),
    },
    { ...base, id: 'quick.dashboard', title: strings.open, keys: '$mod+o', run: at.dashboard },
    {
      ...base,
      id: 'quick.hold',
      title: at.held ? strings.resume : strings.pauseAll,
      keys: 'p',
      unavailable: at.fresh ? strings.wait : undefined,
      run: at.onHold,
    },
    ...(at.hide ? [{ ...base, id: 'quick.hide', title: strings.hide, keys: 'Escape', run: at.hide }] : []),
    ...choices.map((choice, index) => {
      const chord = chordOf(choice, index);
      const key = choiceKeys[choice.action];
      return {
        ...base,
        id: `quick.${choice.action}`,
        title: choice.label,
        keys: chord === undefined ? key : [chord, key],
        unavailable: wait,
        run: () => at.onDecide(choice),
      };
    }),
  ]);
}
