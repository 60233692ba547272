import type { KeyPlace } from './catalogue.ts';

const places: Readonly<Record<KeyPlace, string>> = {
  everywhere: 'Everywhere',
  inbox: 'Inbox',
  board: 'Board',
  peek: 'Peek at a proposal',
  proposal: 'Proposal',
  runs: 'Runs',
  run: 'Run',
  review: 'Review',
  schedule: 'Schedule',
  intent: 'Intent',
  goals: 'Goals',
  insights: 'Insights',
  briefings: 'Briefings',
  accounts: 'Accounts',
  projects: 'Projects',
  settings: 'Settings',
  quick: 'Quick window',
};

/** Every English sentence of the shortcut editor, in one place. */
export const strings = {
  places,
  singleKeys: 'Single-key shortcuts',
  singleKeysHelp:
    'Turn off if you use speech input, or press keys by accident. Keys with Ctrl or ⌘ keep working.',
  help: 'Choose an action, then press the keys it should have. The palette, menus, hints and the sheet (?) follow.',
  search: 'Search actions or keys',
  none: (query: string) => `No action matches “${query}”.`,
  count: (changed: number) =>
    changed === 0 ? 'All keys are those that come with Homer' : `${String(changed)} changed`,
  only: 'Changed only',
  resetAll: 'Reset all',
  resetAllDone: (count: number) =>
    count === 1 ? '1 shortcut was reset.' : `${String(count)} shortcuts were reset.`,
  list: (place: string) => `Shortcuts: ${place}`,
  change: 'Change',
  noKey: 'No key',
  given: (keys: string) => `Comes with ${keys}`,
  changed: 'Changed',
  recorder: (title: string) => `New keys of ${title}`,
  press: 'Press keys, one or two after each other',
  fixed: 'Enter, Tab and Esc alone stay what they are.',
  set: 'Set',
  clear: 'No key',
  reset: (keys: string) => (keys === '' ? 'Reset to no key' : `Reset to ${keys}`),
  cancel: 'Cancel',
  take: 'Take it over',
  saved: (title: string, keys: string) =>
    keys === '' ? `“${title}” has no key any more.` : `“${title}” is now ${keys}.`,
  conflict: (keys: string, title: string, place: string) => `${keys} is “${title}” (${place}).`,
  andMore: (count: number) => `${String(count)} more stand in the way too.`,
  conflictHint: 'Take it over and that one is left without a key, or press others.',
  begins: (keys: string, title: string, place: string) =>
    `${keys} begins or ends “${title}” (${place}), so one of the two could never be pressed.`,
  shadowed: (title: string, place: string) => `In ${place} it stays “${title}”; elsewhere this works.`,
  shadows: (title: string, place: string) => `“${title}” works everywhere but in ${place} then.`,
  ofLists: 'While a row of a list is focused, the list takes this key.',
  single: 'Single-key shortcuts are off: this works once they are on, or with Ctrl or ⌘.',
};
