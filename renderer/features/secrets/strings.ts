/** Every English sentence about secrets, in one place. */
export const strings = {
  help: 'Tokens and passwords that Homer uses for you, by name. A value goes in and is shown nowhere again.',
  add: 'Add secret',
  replace: 'Replace',
  remove: 'Delete',
  cancel: 'Cancel',
  save: 'Keep it',
  none: 'No secrets yet',
  noneHelp: 'Add one here, or with homer secrets set NAME.',
  list: 'Kept secrets',
  keptBy: (keeper: string) => `Kept by: ${keeper}`,
  unreadable: 'Not readable here',
  unreadableHelp: 'Another host kept it, or its keeper is locked. Replace it to use it here.',
  addTitle: 'Add a secret',
  replaceTitle: (name: string) => `Replace ${name}`,
  name: 'Name',
  nameHelp: 'Such as github/token: letters, digits, dots, dashes, underscores and slashes.',
  value: 'Value',
  valueHelp: 'It is not shown while you type, and cannot be read back.',
  removeTitle: (name: string) => `Delete ${name}?`,
  removeHelp: 'What uses it fails until it is set again. This cannot be undone.',
  kept: (name: string, keeper: string) => `Kept ${name} (${keeper}).`,
  deleted: (name: string) => `Deleted ${name}.`,
  keepers: 'Where secrets are kept',
  used: 'New ones go here',
  nowhere: 'Nothing on this machine can keep secrets.',
  damaged: (files: number) =>
    files === 1
      ? 'One file holds no secret that can be understood. It was left as it is.'
      : `${String(files)} files hold no secret that can be understood. They were left as they are.`,
  weak: {
    locked: '',
    file_rights: 'Whoever can read your files can read your secrets. Unlock a keyring for better.',
    obscured: 'This only hides secrets from a glance. Unlock a keyring for better.',
    unusable: '',
  },
};
