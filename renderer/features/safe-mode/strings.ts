/** Every sentence of safe mode. */
export const strings = {
  title: 'Homer is in safe mode',
  unusable: 'It cannot use its database. Nothing runs, and nothing is written to it.',
  what: {
    damaged: 'Its database is damaged. Nothing runs, and nothing is written to the damaged file.',
    newer:
      'Its database was written by a newer Homer, which this one does not know enough of. Nothing runs, and nothing is written to it.',
    no_room: 'The disk has no room to open its database. Nothing runs, and nothing is lost.',
    failed: 'Its database cannot be opened. Nothing runs, and nothing is written to it.',
  },
  file: { damaged: 'Damaged file', newer: 'Database', no_room: 'Database', failed: 'Database' },
  faults: 'What was found',
  todo: 'What to do',
  todoOf: {
    damaged: '',
    newer:
      'Install the newer Homer again, or start this one with another data folder (--data). You can also go back to a backup that this one knows.',
    no_room: 'Free some disk space, then try again.',
  },
  still: 'It is as it was: the database cannot be used yet.',
  retry: 'Try again',
  started: 'Homer is running again.',
  moreFaults: (count: number) => `and ${String(count)} more`,
  backups: 'Go back to a backup',
  backupsHelp:
    'The present file is set aside and kept. What came after the backup is missing; commits of runs stay in their projects. Runs that were at work then wait for you, and schedules do not make up for the time between.',
  checking: 'Checking every backup in full…',
  reasons: {
    manual: 'made by hand',
    scheduled: 'made by Homer',
    'before-restore': 'made before a restore',
  } as Readonly<Record<string, string>>,
  beforeMigration: 'before an update of the database',
  good: 'passes its check',
  bad: (fault: string) => `cannot be used: ${fault}`,
  restore: 'Restore…',
  noneTitle: 'There is no good backup',
  none: {
    damaged:
      'Move the damaged file out of the data folder, then try again: Homer begins afresh. Keep the file: its rows may still be read by other tools.',
    newer: 'No backup is of a Homer this old. Only the newer Homer can go on with this data.',
    failed: 'Move the file out of the data folder, then try again: Homer begins afresh. Keep the file.',
  },
  failure: 'The state of the database could not be read.',
  confirmTitle: 'Restore this backup?',
  confirm: (when: string) =>
    `Homer goes back to how it was on ${when}. The present file stays in the data folder under a dated name.`,
  confirmButton: 'Restore',
  cancel: 'Cancel',
  done: (paused: number) =>
    paused === 0
      ? 'The backup was restored.'
      : `The backup was restored; ${String(paused)} ${paused === 1 ? 'run waits' : 'runs wait'} for you.`,
};
