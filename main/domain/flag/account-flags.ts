import { z } from 'zod';
import { clockSchema } from '../account/quota.ts';
import { isZone } from '../account/zone-time.ts';
import { formed, whole, type FlagSpec } from './flag-spec.ts';

/** What accounts may use, what a day may cost, and when the night is. */
export const accountFlags = {
  'cost.daily_cap_usd': {
    group: 'money',
    name: 'Daily cap',
    defaultValue: '0',
    description:
      'What all runs may cost in a day, in US dollars. Once it is spent nothing starts until the next day. 0: no cap.',
    ...formed(14, z.string().regex(/^\d{1,7}(\.\d{1,6})?$/u, 'Give an amount in US dollars, such as 12.50.')),
  },
  'cost.zone': {
    group: 'money',
    name: 'Time zone of days and nights',
    defaultValue: '',
    description: "Where days begin and end, such as Europe/Berlin. Empty: the machine's.",
    ...formed(
      60,
      z.string().refine((zone) => zone === '' || isZone(zone), 'Give a time zone such as Europe/Berlin.'),
    ),
  },
  'plan.night_from': {
    group: 'money',
    name: 'Night begins',
    defaultValue: '22:00',
    description: 'By night accounts are used to the full.',
    ...formed(5, clockSchema),
  },
  'plan.night_to': {
    group: 'money',
    name: 'Night ends',
    defaultValue: '07:00',
    description: 'The same as its beginning: it is always night.',
    ...formed(5, clockSchema),
  },
  'plan.day_reserve_percent': {
    group: 'money',
    name: 'Left to you by day',
    defaultValue: '20',
    description:
      'Part of each window of a subscription that no run may use by day, unless the account says otherwise.',
    ...whole(0, 100, '%'),
  },
} as const satisfies Record<string, FlagSpec>;
