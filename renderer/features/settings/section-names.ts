/** What the pages of the settings are called; the palette knows them before the settings are loaded. */
export const sectionNames = {
  general: 'General',
  appearance: 'Appearance',
  shortcuts: 'Shortcuts',
  notifications: 'Notifications',
  autonomy: 'Autonomy',
  runtime: 'Work and budgets',
  money: 'Accounts and models',
  schedule: 'Schedule and ideas',
  worktrees: 'Worktrees',
  executors: 'Executors',
  permissions: 'Permissions',
  secrets: 'Secrets',
  backups: 'Data and backups',
  doctor: 'Doctor',
  about: 'About',
} as const;
