/** Every English sentence of the first steps. */
export const strings = {
  group: 'Help',
  title: 'First steps',
  count: (done: number, of: number) => `${String(done)} of ${String(of)}`,
  all: 'All steps',
  next: (step: string) => `First steps: ${step}`,
  show: 'Show the first steps',
  hide: 'Hide the first steps',
  hidden: 'The first steps are hidden. The palette brings them back.',
  looking: 'Looking for work',
  found: (n: number) =>
    n === 0 ? 'Nothing new was found.' : `${String(n)} new ${n === 1 ? 'idea' : 'ideas'}.`,
  over: 'That was the way: a diff is applied',
  overDetail: 'Whatever Homer finds or you write goes the same way.',
  close: 'Close',
  done: 'Done',
  open: 'To do',
};
