import { z } from 'zod';
import { loudness, type Loudness } from '../notice/notice.ts';
import { timeSchema } from '../primitives.ts';
import { timeOfDay, timeRange } from './clock-times.ts';
import { formed, onOff, oneOf, whole, type FlagSpec } from './flag-spec.ts';

function zoneExists(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function loudnessOf<const N extends string>(name: N, defaultValue: Loudness) {
  return {
    group: 'notify_kinds',
    name,
    defaultValue,
    description: 'Silent makes no sound; urgent stays until it is dealt with.',
    ...oneOf(loudness.labels),
  } as const satisfies FlagSpec;
}

/** How the owner is told what waits. */
export const notifyFlags = {
  'notify.enabled': {
    group: 'notify',
    name: 'Notifications',
    defaultValue: 'on',
    description: 'Tell me by notifications what needs me. Off: the inbox alone does.',
    ...onOff,
  },
  'notify.headless': {
    group: 'notify',
    name: 'Headless host',
    defaultValue: 'on',
    description: 'The headless host notifies too, where it runs in a desktop session.',
    ...onOff,
  },
  'notify.channel': {
    group: 'notify',
    name: 'Shown by',
    defaultValue: 'auto',
    description: 'What shows notifications first. What fails goes on to the next.',
    ...oneOf({
      auto: 'Whatever works best',
      electron: 'Electron',
      dbus: "The session's daemon (Linux)",
      quick: 'The list of what waits',
    }),
  },
  'notify.quiet_hours': {
    group: 'notify',
    name: 'Quiet hours',
    defaultValue: '',
    description: 'What comes in these hours is told after them. On the command line such as 22:00-07:00.',
    ...timeRange(),
  },
  'notify.quiet_passes': {
    group: 'notify',
    name: 'Told while it is quiet',
    defaultValue: 'blocked',
    description: 'What comes through quiet hours and do not disturb.',
    ...oneOf({
      nothing: 'Nothing',
      blocked: 'An agent that waits for an answer',
      urgent: 'That, and every kind set to urgent',
    }),
  },
  'notify.quiet_until': {
    group: 'notify',
    name: 'Do not disturb',
    defaultValue: '',
    description: 'Until a time such as 2026-11-21T17:00:00.000Z, or on. Empty: not now.',
    ...formed(24, z.union([z.literal(''), z.literal('on'), timeSchema], 'Give a time, on, or nothing.')),
  },
  'notify.desktop_quiet': {
    group: 'notify',
    name: "The desktop's do not disturb",
    defaultValue: 'on',
    description: "Hold notifications back while the desktop's own is on, where it tells.",
    ...onOff,
  },
  'notify.zone': {
    group: 'notify',
    name: 'Time zone',
    defaultValue: '',
    description: "Of quiet hours, digest and snoozing, such as Europe/Berlin. Empty: the machine's.",
    ...formed(
      60,
      z.string().refine((zone) => zone === '' || zoneExists(zone), 'Give a time zone such as Europe/Berlin.'),
    ),
  },
  'notify.digest_at': {
    group: 'notify',
    name: 'Daily digest',
    defaultValue: '',
    description:
      'What waits and what was done, told once a day at this time. Briefings begin then too; without it, at 07:00.',
    ...timeOfDay(),
  },
  'notify.at_once': {
    group: 'notify',
    name: 'Told one by one',
    defaultValue: '3',
    description: 'How many things that come together are told one by one; more come as one summary.',
    ...whole(0, 20, 'things'),
  },
  'notify.most': {
    group: 'notify',
    name: 'In ten minutes at most',
    defaultValue: '8',
    description: 'More than this comes as one summary.',
    ...whole(1, 100, 'notifications'),
  },
  'notify.button_hours': {
    group: 'notify',
    name: 'Buttons can be pressed for',
    defaultValue: '24',
    description: 'After that a press says that it came too late.',
    ...whole(1, 720, 'h'),
  },
  'notify.idea': loudnessOf('New idea', 'notify'),
  'notify.plan': loudnessOf('Plan ready', 'notify'),
  'notify.planning_failed': loudnessOf('Planning failed', 'notify'),
  'notify.question': loudnessOf('Question about a proposal', 'notify'),
  'notify.draft': loudnessOf('Run that needs approval', 'notify'),
  'notify.permission': loudnessOf('Agent that asks for permission', 'urgent'),
  'notify.blocked': loudnessOf('Run that waits for an answer', 'urgent'),
  'notify.review': loudnessOf('Run ready to review', 'notify'),
  'notify.failed': loudnessOf('Run that failed', 'notify'),
} as const satisfies Record<string, FlagSpec>;
