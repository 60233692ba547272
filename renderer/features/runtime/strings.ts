/** Every sentence about the runtime as a whole. */
export const strings = {
  group: 'Runtime',
  pause: 'Pause everything',
  resume: 'Resume everything',
  alreadyHeld: 'everything is paused already',
  notHeld: 'nothing is paused',
  held: 'Everything is paused.',
  heldDetail: (paused: number, queued: number) =>
    paused + queued === 0
      ? 'Nothing new starts until you resume.'
      : `${String(paused)} paused, ${String(queued)} waiting. Nothing starts until you resume.`,
  heldButton: 'Resume',
  dismiss: 'Dismiss',
  openRun: 'Open run',
  openFailed: 'See the failed runs',
  openAccounts: 'Open accounts',
  openBackups: 'Open backups',
  discover: 'Discover now',
  discovering: 'Looking for work…',
  noProjects: 'add a project first',
  created: (count: number) =>
    count === 0
      ? 'Nothing new was found.'
      : `${String(count)} new ${count === 1 ? 'idea' : 'ideas'} on the board.`,
  failed: (project: string, message: string) => `${project}: ${message}`,
} as const;
