const plural = (count: number, one: string, many: string): string =>
  `${String(count)} ${count === 1 ? one : many}`;

/** Every English sentence of the inbox, in one place. */
export const strings = {
  group: 'Inbox',
  list: 'What needs you',
  blocking: 'Blocking now',
  waiting: 'Waiting for you',
  kind: {
    idea: 'Idea',
    plan: 'Plan',
    planning_failed: 'Plan failed',
    question: 'Question',
    draft: 'Held run',
    blocked: 'Question',
    review: 'Diff',
    failed: 'Failed',
  },
  empty: 'Nothing needs you',
  emptyDetail: (running: number, ideas: number) =>
    [
      running > 0 ? `${plural(running, 'run is', 'runs are')} working.` : 'Nothing is running.',
      ideas > 0 ? `${plural(ideas, 'idea waits', 'ideas wait')} on the board.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  board: 'Go to the board',
  failed: 'The inbox could not be read.',
  more: (count: number) => `${String(count)} more; these are the first.`,
  choose: 'Choose an item',
  approve: 'Approve',
  answer: 'Answer',
  reject: 'Reject',
  snooze: 'Snooze until tomorrow',
  archive: 'Skip',
  open: 'Open',
  next: 'Next item',
  previous: 'Previous item',
  notFor: (what: string) => `not possible for ${what.toLowerCase()}`,
  run: {
    start: 'Approve',
    apply: 'Review and apply…',
    discard: 'Discard',
    refuse: 'Reject',
    retry: 'Retry',
    open: 'Open run',
    answer: 'Your answer',
    send: 'Send answer',
    held: 'Held back because',
    asks: 'The agent asks',
    cause: 'Why it failed',
    files: (files: number, additions: number, deletions: number) =>
      `${String(files)} ${files === 1 ? 'file' : 'files'}, +${String(additions)} −${String(deletions)}`,
    changed: 'Changes',
    tests: 'Tests',
    pass: 'pass',
    fail: (code: number) => `fail (exit code ${String(code)})`,
    none: 'no test command',
    budget: 'Budget',
    steps: (step: number, most: number) => `${String(step)} of ${String(most)} steps`,
    risk: 'Look at the diff before applying it.',
    done: {
      approve: 'The run starts.',
      reject: 'Rejected.',
      retry: 'A new attempt is queued.',
      answer: 'Answered; the run goes on.',
    },
  },
};
