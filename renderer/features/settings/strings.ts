import { sectionNames } from './section-names.ts';

/** Every English sentence of the settings, in one place. */
export const strings = {
  group: 'Settings',
  sections: sectionNames,
  /** What a section holds besides settings of the runtime: found by the search. */
  holds: {
    general: ['Launch at login', 'Shortcut of the quick window'],
    appearance: ['Theme', 'Density of rows', 'Colours of diffs'],
    shortcuts: ['Keyboard shortcuts', 'Single-key shortcuts'],
    notifications: ['What this machine can show', 'Test a notification', 'Quiet now', 'Recent notifications'],
    autonomy: ['Risk profiles', 'What would ask'],
    executors: ['Agent programs', 'Signing in to agent programs'],
    permissions: ['Granted permissions'],
    secrets: ['Keys and tokens'],
    backups: ['Back up now', 'Restore a backup', 'Room on disk'],
    doctor: ['Checks of this machine'],
    about: ['Version', 'Updates', 'Data folder', 'Logs', 'Licences'],
  } as Readonly<Record<string, readonly string[]>>,
  search: 'Search settings',
  results: 'Search',
  foundCount: (count: number) => `${String(count)} ${count === 1 ? 'setting' : 'settings'}`,
  noSetting: 'No setting matches',
  noSettingDetail: (query: string) => `Nothing is called “${query}”. Try one word of it.`,
  differs: 'Differs from the default',
  saved: (name: string, value: string) => `${name}: ${value === '' ? 'empty' : value}.`,
  label: 'Settings sections',
  general: {
    login: 'Launch at login',
    loginHelp: 'Homer starts hidden in the tray when you log in.',
    needsApproval: 'Allow Homer under Login Items in System Settings.',
    shortcut: 'Shortcut of the quick window',
    shortcutHelp: 'Works in every program. Press the keys here, such as Control+Alt+H.',
    shortcutNeeds: 'Hold Control, Alt or the system key together with a letter, a digit or a function key.',
    shortcutNone: 'None',
    shortcutRemove: 'Remove',
    noTray: 'Nothing on this desktop shows tray icons, so Homer keeps its window and quits with it.',
    more: 'Desktop app',
    endedBadly: 'Homer did not end in order the last time. That start was',
  },
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  appearance: {
    theme: 'Theme',
    themeHelp: 'System follows the desktop, also while it changes.',
    density: 'Density of rows',
    densityHelp: 'How close the rows of lists and tables stand: 28, 32 or 40 pixels.',
    densities: { compact: 'Compact', default: 'Default', comfortable: 'Comfortable' },
    diff: 'Colours of diffs',
    diffHelp:
      'Blue and orange stay apart for red-green colour blindness. Signs and edges mark lines in both.',
    diffs: { 'teal-orange': 'Teal and orange', 'blue-orange': 'Blue and orange' },
    sample: 'A diff in these colours',
    sampleLines: [
      { sign: '−', text: 'await all(jobs)' },
      { sign: '+', text: 'stopIntake()' },
      { sign: '+', text: 'await settle(jobs)' },
    ],
  },
  reset: (value: string) => (value === '' ? 'Empty it' : `Back to ${value}`),
  set: 'Set',
  takeBack: 'Take back',
  outOfRange: (least: string, most: string) => `Give a whole number from ${least} to ${most}.`,
  noDuration: (least: string, most: string) => `Give a time from ${least} to ${most}.`,
  noBegin: 'Give the time when they begin too.',
  noEnd: 'Give the time when they end too.',
  sameTimes: 'Give two different times.',
  on: 'On',
  found: 'Found',
  unusable: 'Not usable in this version',
  executors: {
    count: (agents: number): string =>
      agents === 0
        ? 'No agent program found'
        : agents === 1
          ? '1 agent program'
          : `${String(agents)} agent programs`,
    none: 'Homer works with agent programs that you install. Install one of those below, then check again.',
    missing: 'Not installed',
    install: 'Install it with',
    declared: 'Declared in',
    tested: (from: string, below: string): string => `Tested with versions from ${from}, before ${below}.`,
    signedIn: { yes: 'Signed in', no: 'Not signed in', unknown: 'Sign-in unknown' },
  },
  permissions: {
    help: 'What you allowed to all runs of an intent. Each covers exactly what was asked then, and ends by itself.',
    list: 'Permissions that were granted',
    none: 'Nothing is allowed beyond the profiles of the projects. When an agent asks for permission, you can allow it for its intent; it is then listed here.',
    from: 'asked by',
    ends: 'ends',
    once: 'for one use',
    by: (who: string) => `allowed by ${who}`,
    uses: (count: number) =>
      count === 0 ? 'not used yet' : count === 1 ? 'used once' : `used ${String(count)} times`,
    last: 'last',
    revoke: 'Revoke',
    revokeOf: (tool: string, intent: string) => `Revoke ${tool} of ${intent}`,
    revoked: (tool: string, intent: string) => `${tool} is revoked for ${intent}.`,
    more: (limit: number) => `The newest ${String(limit)} are shown.`,
  },
  doctorOk: 'All checks pass',
  doctorBad: 'Some checks need you',
  again: 'Check again',
  status: { ok: 'Fine', warning: 'Warning', error: 'Problem' },
  autonomy: {
    help: 'What Homer does without asking. Each choice says what it would come to by the work of the last weeks.',
    profiles: 'Risk profiles of projects',
    agents: 'While agents work',
    kinds: {
      strict: 'Asks about sensitive words and large budgets.',
      balanced: 'Asks about sensitive words.',
      trusted: 'Starts all work by itself.',
    },
    never: 'never',
    rarely: 'less than 1/week',
    weekly: (count: number) => `${String(count)}/week`,
    wouldAsk: (often: string, runs: number) =>
      `Would now ask: ${often}, by ${String(runs)} ${runs === 1 ? 'run' : 'runs'}.`,
    option: (profile: string, often: string) => `${profile}: asks ${often}`,
    noRuns: 'No run yet to tell by.',
    noProject: 'Add a repository, and its risk profile stands here.',
    basis: (days: number, cut: boolean) =>
      `Counted over ${cut ? 'the newest 2,000 runs' : 'all runs'} of the last ${String(days)} days, except plans you approved. A run that asks waits in the inbox as a draft.`,
    permissions: (
      {
        asked,
        allowed,
        denied,
        expired,
      }: { asked: number; allowed: number; denied: number; expired: number },
      often: string,
    ) =>
      asked === 0
        ? 'No agent has asked for a permission.'
        : `Agents asked for a permission ${String(asked)} times (${often}): ${String(allowed)} allowed, ${String(denied)} denied, ${String(expired)} had no answer in time.`,
  },
  data: {
    room: 'Room on disk',
    database: 'Database',
    free: (size: string) => `${size} of it can be given back`,
    output: 'Raw output of agents',
    backups: 'Backups',
    archives: 'Archives of worktrees',
    logs: 'Logs',
    setAside: 'Databases set aside by a restore',
    wouldGo: (events: number, outputs: number, size: string) =>
      events + outputs === 0
        ? 'Nothing is old enough to be deleted.'
        : `Old enough to be deleted now: ${String(events)} messages and events, and ${String(outputs)} outputs of ${size}.`,
    kept: 'How long it is kept',
  },
  backup: {
    title: 'Backups',
    now: 'Back up now',
    done: (size: string, ms: number) =>
      `Backed up ${size} in ${String(Math.round(ms))} ms, and checked the copy.`,
    none: 'No backup yet. One is made before every migration; make one whenever you like.',
    restore: 'Restore…',
    restoreOf: (name: string) => `Restore ${name}`,
    /** What stands in a backup; the version is not known of one that was made before it was noted. */
    holds: (of: { version: string | null; proposals: number; runs: number; decisions: number }) =>
      [
        ...(of.version === null ? [] : [`Homer ${of.version}`]),
        counted(of.proposals, 'proposal'),
        counted(of.runs, 'run'),
        counted(of.decisions, 'decision'),
      ].join(' · '),
    unreadable: 'Cannot be read',
    dialog: 'Go back to this backup?',
    file: 'File',
    made: 'Made',
    holdsTerm: 'Holds',
    size: 'Size',
    checking: 'Checking the backup in full…',
    failed: 'The backup could not be checked.',
    cannot: 'This backup cannot be restored:',
    cannotHint: 'Nothing was changed. Choose another one.',
    lostTitle: 'What you lose',
    lostNothing: 'Nothing has changed since this backup.',
    lost: (of: { changes: number; proposals: number; runs: number; decisions: number }, since: string) =>
      `${counted(of.changes, 'change')}${since === '' ? '' : ` since ${since}`}, with them ${counted(of.proposals, 'proposal')}, ${counted(of.runs, 'run')} and ${counted(of.decisions, 'decision')}. Commits of runs stay in their projects.`,
    thenTitle: 'What happens',
    steps: [
      'Homer backs up how it is now. That backup stands in this list afterwards, and you can come back by it.',
      'It stops for a moment, takes the backup in place of the database, and goes on by itself. The former database is kept too.',
      'Runs that were at work when the backup was made wait for you, and schedules do not make up for the time between.',
    ],
    older: 'The backup is of an older database: it is brought up to date on the way.',
    understood: 'Take me back, without what came since',
    go: 'Back up and restore',
    going: 'Homer is going back. This takes a moment…',
    atWork: (count: number) => (count === 1 ? 'A run is at work.' : `${String(count)} runs are at work.`),
    atWorkHint: (count: number) => (count === 1 ? 'Pause it first.' : 'Pause them first.'),
    pause: 'Pause',
    restored: (paused: number) =>
      paused === 0
        ? 'The backup is restored.'
        : `The backup is restored; ${String(paused)} ${paused === 1 ? 'run waits' : 'runs wait'} for you.`,
    byHand: 'Quit this Homer, then run this in a terminal:',
    copy: 'Copy command',
    copied: 'The command is in the clipboard.',
    cancel: 'Cancel',
    close: 'Close',
  },
  version: 'Version',
  host: 'Host',
  started: 'Started',
  schema: 'Database schema',
  hosts: { desktop: 'Desktop app', headless: 'Headless host', cli: 'Command line' },
  about: {
    system: 'System',
    data: 'Data folder',
    logs: 'Logs',
    copy: 'Copy path',
    copied: 'The path is in the clipboard.',
    open: 'Open folder',
  },
  licences: {
    title: 'Licences',
    own: 'Homer is under the MIT licence. It holds work of others, each under terms of its own.',
    show: 'Show licences',
    search: 'Search by name or text',
    count: (found: number, all: number) =>
      found === all ? `${String(all)} in all` : `${String(found)} of ${String(all)}`,
    textOf: (name: string) => `Licence of ${name}`,
    missing: 'This build has no list of licences. `npm run build` makes it.',
  },
  updates: {
    title: 'Updates',
    mode: 'Newer versions',
    modeHelp: (address: string) =>
      `Asked for at ${address} when Homer starts and once a day, unless off. Only what is signed by whoever makes this build is taken.`,
    channel: 'Channel',
    states: {
      off: () => 'Off',
      checking: () => 'Looking for a newer version…',
      up_to_date: () => 'This is the newest version.',
      available: (version: string) => `Version ${version} is there.`,
      downloading: (version: string) => `Downloading version ${version}…`,
      ready: (version: string) => `Version ${version} is ready.`,
      failed: () => 'Failed',
    },
    downloading: (version: string, share: string) =>
      `Downloading version ${version}${share === '' ? '…' : `: ${share}`}`,
    share: (done: string, all: string) => `${done} of ${all}`,
    progress: 'Download',
    looked: 'Looked',
    look: 'Look again',
    download: 'Download',
    restart: 'Restart to update',
    readyHelp: 'It is installed when Homer quits and no run is at work. Restart to update does it now.',
    notes: (version: string) => `New in ${version}`,
  },
  failed: 'This could not be read.',
};

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
