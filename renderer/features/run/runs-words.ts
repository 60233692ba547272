import { plural } from './plural.ts';

/** What the list of runs says about its filter, its views and what is done with several runs at once. */
export const runsWords = {
  search: 'Search runs',
  placeholder: 'Search',
  refresh: 'Let runs come and go',
  nothingHeld: 'nothing waits for its place',
  clear: 'Clear selection or filter',
  filters: {
    open: 'Filter',
    title: 'Filter the runs',
    action: 'Filter the runs',
    chosen: 'Chosen filters',
    gone: 'no longer there',
    clear: 'Clear all',
    none: 'There is nothing to choose yet.',
    chip: (field: string, value: string) => `${field}: ${value}`,
    remove: (name: string) => `Remove ${name}`,
    fields: { status: 'Status', project: 'Project', account: 'Account' },
  },
  bulk: {
    label: 'Selected runs',
    count: (count: number) => `${String(count)} selected`,
    pause: 'Pause',
    resume: 'Resume',
    retry: 'Retry',
    discard: 'Discard…',
    stop: 'Stop…',
    clear: 'Clear',
    working: (done: number, all: number) => `${String(done)} of ${String(all)} done`,
    cannot: {
      pause: 'None of them can be paused: only what is queued or works',
      resume: 'None of them is paused',
      retry: 'None of them failed or was stopped',
      discard: 'None of them is ready to review',
      stop: 'All of them are already done',
    },
    ask: {
      stop: {
        title: (count: number) => `Stop ${plural(count, 'run')}?`,
        detail:
          'Their processes and everything they started are ended. What they changed so far is kept; they cannot be resumed, only tried again.',
        confirm: (count: number) => (count === 1 ? 'Stop run' : `Stop ${String(count)} runs`),
        cancel: 'Keep running',
      },
      discard: {
        title: (count: number) => `Discard ${plural(count, 'result')}?`,
        detail: 'What they changed is given up and their worktrees are removed. Their evidence stays.',
        confirm: (count: number) => (count === 1 ? 'Discard result' : `Discard ${String(count)} results`),
        cancel: 'Keep them',
      },
    },
  },
  select: {
    one: 'Select run',
    row: (number: number) => `Select run #${String(number)}`,
    all: 'Select all runs of the list',
    down: 'Select and go to the next run',
    up: 'Select and go to the previous run',
  },
  views: {
    action: 'Saved views',
    save: 'Save what is shown as a view',
    plain: 'Search or filter first: every tab is there already',
  },
  none: {
    title: 'No run matches',
    words: (words: string) => `Nothing in this list says “${words}”.`,
    detail: 'No run of this list has what was chosen.',
    elsewhere: (count: number) => `Look in all ${plural(count, 'run')}`,
    clear: 'Clear filter',
  },
} as const;
