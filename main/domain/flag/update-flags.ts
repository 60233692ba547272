import { updateChannel, updateMode } from '../update/update.ts';
import { oneOf, type FlagSpec } from './flag-spec.ts';

/** Newer versions of the desktop app. Nothing is asked of anybody until the owner turns it on. */
export const updateFlags = {
  'updates.mode': {
    group: 'desktop',
    name: 'Updates',
    defaultValue: 'off',
    description:
      'What the desktop app does about newer versions: it looks at its start and once a day. Off: it asks nobody. About says whether this build can.',
    ...oneOf(updateMode.labels),
  },
  'updates.channel': {
    group: 'desktop',
    name: 'Update channel',
    defaultValue: 'latest',
    description: 'Which versions are offered. Never an older one than that which runs.',
    ...oneOf(updateChannel.labels),
  },
} as const satisfies Record<string, FlagSpec>;
