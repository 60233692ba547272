import type { Picture } from './picture.ts';

export const settingsPictures: readonly Picture[] = [
  { name: 'projects', place: '#/projects' },
  { name: 'project-policy', place: '#/projects?part=policy' },
  { name: 'project-check', place: '#/projects?part=check' },
  { name: 'project-worktrees', place: '#/projects?part=worktrees' },
  { name: 'accounts', place: '#/accounts' },
  { name: 'settings', place: '#/settings' },
  { name: 'settings-runtime', place: '#/settings?section=runtime' },
  { name: 'settings-notifications', place: '#/settings?section=notifications' },
  { name: 'settings-permissions', place: '#/settings?section=permissions' },
  { name: 'settings-secrets', place: '#/settings?section=secrets' },
  { name: 'settings-about', place: '#/settings?section=about' },
];
