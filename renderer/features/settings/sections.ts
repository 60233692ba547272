import type { Flag } from './flag-value.ts';
import { strings } from './strings.ts';

export interface SettingsSection {
  readonly name: keyof typeof strings.sections;
  /** Settings of the runtime that stand in it, so that search and the dot beside its name know of them. */
  readonly groups: readonly Flag['group'][];
  /** What else it holds, for the search. */
  readonly holds: readonly string[];
}

const section = (name: SettingsSection['name'], groups: SettingsSection['groups'] = []): SettingsSection => ({
  name,
  groups,
  holds: strings.holds[name] ?? [],
});

/** The pages of the settings by what they are about, in the order of their list. */
export const sectionGroups: readonly (readonly SettingsSection[])[] = [
  [
    section('general', ['desktop']),
    section('appearance'),
    section('shortcuts'),
    section('notifications', ['notify', 'notify_kinds']),
  ],
  [
    section('autonomy'),
    section('runtime', ['work', 'budget', 'trouble']),
    section('money', ['money', 'local']),
    section('schedule', ['time', 'ideas', 'board']),
    section('worktrees', ['workspace']),
  ],
  [section('executors'), section('permissions'), section('secrets')],
  [section('backups', ['data']), section('doctor'), section('about')],
];
/** Settings that decide what happens without asking; they stand in the section they are about as well. */
export const autonomyFlags: readonly string[] = [
  'agents.permission_minutes',
  'workspace.test_before_apply',
  'runtime.discovery_enabled',
  'runtime.max_recoveries',
];
export const allSections = sectionGroups.flat();
