import type { Pick } from '../../ui/pick-dialog.tsx';
import { plural } from './plural.ts';
import type { Checkpoint, RunDetail } from './run-types.ts';

export const retryFromWords = {
  title: (number: number) => `Retry run #${String(number)}`,
  description:
    'A new attempt, in a worktree of its own. From a checkpoint it goes on with the work done until then.',
  placeholder: 'Where it goes on from',
  empty: 'There is no such checkpoint.',
  after: (step: number) => `From the checkpoint after step ${String(step)}`,
  last: 'the last',
  start: 'From the start',
  startDetail: 'nothing of this attempt is taken over',
  here: 'Retry from here',
  goesOn: (step: number, number: number | undefined) =>
    `from step ${String(step)}${number === undefined ? '' : ` of #${String(number)}`}`,
  tests: (exit: number | null) => (exit === 0 ? 'tests pass' : 'tests fail'),
} as const;

export const fromStart = 'start';

/** Checkpoints a retry can go on from, the last first: those of an agent that left work, each work once. */
export function retryCheckpoints({ run, checkpoints }: RunDetail): readonly Checkpoint[] {
  if (run.runType !== 'agent') return [];
  const known = new Set([null, run.baseCommit]);
  return checkpoints
    .filter(({ commit }) => {
      const fresh = !known.has(commit);
      known.add(commit);
      return fresh;
    })
    .toReversed();
}

/** Where a retry may begin, the most likely first; empty where there is only one way. */
export function retryPicks(detail: RunDetail): readonly Pick[] {
  const found = retryCheckpoints(detail);
  if (found.length === 0) return [];
  return [
    ...found.map(({ step, result, changedPaths, test }, at) => ({
      value: String(step),
      label: retryFromWords.after(step),
      detail: [
        ...(at === 0 ? [retryFromWords.last] : []),
        ...(test ? [retryFromWords.tests(test.exitCode)] : [result]),
        plural(changedPaths.length, 'file'),
      ].join(' · '),
    })),
    { value: fromStart, label: retryFromWords.start, detail: retryFromWords.startDetail },
  ];
}
