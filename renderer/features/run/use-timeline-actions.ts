import { useActions } from '../../app/actions-context.tsx';
import { strings } from './strings.ts';
import { lenses, type Lens } from './timeline-toolbar.tsx';

const words = strings.timeline;

/** Keys of the timeline: errors, following the end, and the lens. */
export function useTimelineActions(options: {
  readonly errors: number;
  readonly checkpoints: number;
  readonly lens: Lens;
  readonly onJump: (direction: 1 | -1) => void;
  readonly onCheckpoint: (direction: 1 | -1) => void;
  readonly onFollow: () => void;
  readonly onFind: () => void;
  readonly onLens: (lens: Lens) => void;
}): void {
  const { errors, checkpoints, lens, onJump, onCheckpoint, onFollow, onFind, onLens } = options;
  const none = errors === 0 ? words.noErrors : undefined;
  const noCheckpoints = checkpoints === 0 ? words.noCheckpoints : undefined;
  const view = { group: strings.group, scope: 'view' } as const;
  useActions([
    {
      ...view,
      id: 'timeline.next-error',
      title: words.nextError,
      keys: 'n',
      unavailable: none,
      run: () => {
        onJump(1);
      },
    },
    {
      ...view,
      id: 'timeline.previous-error',
      title: words.previousError,
      keys: 'Shift+n',
      unavailable: none,
      run: () => {
        onJump(-1);
      },
    },
    {
      ...view,
      id: 'timeline.next-checkpoint',
      title: words.nextCheckpoint,
      keys: 'c',
      unavailable: noCheckpoints,
      run: () => {
        onCheckpoint(1);
      },
    },
    {
      ...view,
      id: 'timeline.previous-checkpoint',
      title: words.previousCheckpoint,
      keys: 'Shift+c',
      unavailable: noCheckpoints,
      run: () => {
        onCheckpoint(-1);
      },
    },
    { ...view, id: 'timeline.find', title: words.find, keys: '$mod+f', run: onFind },
    { ...view, id: 'timeline.follow', title: words.follow, keys: 'f', run: onFollow },
    {
      ...view,
      id: 'timeline.lens',
      title: words.nextLens,
      keys: 'l',
      run: () => {
        onLens(lenses[(lenses.indexOf(lens) + 1) % lenses.length] ?? 'outline');
      },
    },
  ]);
}
