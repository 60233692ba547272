import { z } from 'zod';
import { inboxKeySchema } from '../../main/domain/inbox/inbox-item.ts';
import { noticeOutcome, noticeSchema } from '../../main/domain/notice/notice.ts';
import { idSchema, timeSchema } from '../../main/domain/primitives.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

export const notificationSupportSchema = z.object({
  enabled: z.boolean(),
  /** In the order they are tried. */
  channels: z.array(
    z.object({
      name: z.string(),
      available: z.boolean(),
      /** Who shows notifications: name and version. */
      server: z.string(),
      actions: z.boolean(),
      body: z.boolean(),
      inlineReply: z.boolean(),
      mostButtons: z.int(),
      survivesRestart: z.boolean(),
      note: z.string(),
      lastShownAt: timeSchema.nullable(),
      /** When a button was last seen to work. */
      lastPressedAt: timeSchema.nullable(),
    }),
  ),
  /** Why it is quiet now, and until when if that is known. */
  quiet: z.object({ why: z.string(), until: timeSchema.nullable() }).nullable(),
  /** The times of day between which it is quiet, such as `22:00` and `07:00`; null: never by the clock. */
  quietHours: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** The time zone that quiet hours, digest and snoozing are reckoned in. */
  zone: z.string(),
  /** How many things are held back until it may be told. */
  held: z.int(),
  /** Whether the desktop itself wants quiet; null where nothing tells. */
  desktopIsQuiet: z.boolean().nullable(),
});
export type NotificationSupport = z.infer<typeof notificationSupportSchema>;

export const notificationOperations = {
  'notification.list': query(
    'GET /notifications',
    'What the owner was told, newest first, and what became of it.',
    z.object({
      key: inboxKeySchema.optional(),
      outcome: schemaOf(noticeOutcome).optional(),
      before: idSchema.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    z.array(noticeSchema),
  ),
  'notification.get': query(
    'GET /notifications/{id}',
    'One notification, and what became of it.',
    z.object({ id: idSchema }),
    noticeSchema,
  ),
  'notification.support': query(
    'GET /notifications/support',
    'What shows notifications on this machine, what it can, and whether its buttons were seen to work.',
    z.object({}),
    notificationSupportSchema,
  ),
  'notification.test': command(
    'POST /notifications/test',
    'Sends a notification with a button; its record says when it was shown and when the press came back.',
    z.object({}),
    noticeSchema,
  ),
  'notification.quiet': command(
    'POST /notifications/quiet',
    'Do not disturb: until a time, until it is turned off, or no longer.',
    z.object({ until: z.union([timeSchema, z.literal('on'), z.null()]) }),
    z.object({ until: z.union([timeSchema, z.literal('on'), z.null()]) }),
  ),
};
