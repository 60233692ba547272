/** Every sentence of safe mode. */
export const strings = {
  title: 'Homer is in safe mode',
  what: 'Its database is damaged. Nothing runs, and nothing is written to the damaged file.',
  file: 'Damaged file',
  faults: 'What the check found',
  moreFaults: (count: number) => `and ${String(count)} more`,
  backups: 'Go back to a backup',
  backupsHelp:
    'The damaged file is set aside and kept. What came after the backup is missing; commits of runs stay in their projects. Runs that were at work then wait for you, and schedules do not make up for the time between.',
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
  none: 'Quit Homer, move the damaged file out of the data folder, and start Homer again to begin afresh. Keep the file: its rows may still be read by other tools.',
  failure: 'The state of the database could not be read.',
  confirmTitle: 'Restore this backup?',
  confirm: (when: string) =>
    `Homer goes back to how it was on ${when}. The damaged file stays in the data folder under a dated name.`,
  confirmButton: 'Restore',
  cancel: 'Cancel',
  done: (paused: number) =>
    paused === 0
      ? 'The backup was restored.'
      : `The backup was restored; ${String(paused)} ${paused === 1 ? 'run waits' : 'runs wait'} for you.`,
};
