import { z } from 'zod';
import { idSchema, timeSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

export const noticeKind = valueList({
  item: 'One item',
  summary: 'Summary',
  digest: 'Daily digest',
  reply: 'Answer to a press',
  test: 'Test',
});
export type NoticeKind = ValueOf<typeof noticeKind>;

/** What became of a notice; each is kept, with the channel and why. */
export const noticeOutcome = valueList({
  sent: 'Sent',
  shown: 'Shown',
  opened: 'Opened',
  pressed: 'Decided',
  refused: 'Refused',
  closed: 'Closed',
  failed: 'Failed',
  withdrawn: 'Withdrawn',
  suppressed: 'Held back',
});
export type NoticeOutcomeKind = ValueOf<typeof noticeOutcome>;

export const noticeSchema = z.object({
  id: idSchema,
  kind: schemaOf(noticeKind),
  /** `proposal:<id>` or `run:<id>`; empty when it is about many things. */
  itemKey: z.string(),
  title: z.string(),
  body: z.string(),
  route: z.string(),
  outcome: schemaOf(noticeOutcome),
  /** Who showed it, or tried last; empty before that. */
  channel: z.string(),
  createdAt: timeSchema,
  outcomes: z.array(
    z.object({
      outcome: schemaOf(noticeOutcome),
      channel: z.string(),
      detail: z.string(),
      at: timeSchema,
    }),
  ),
});
export type NoticeRecord = z.infer<typeof noticeSchema>;

/** How loud each kind of item is told. */
export const loudness = valueList({
  off: 'Off',
  silent: 'Silent',
  notify: 'Notify',
  urgent: 'Urgent',
});
export type Loudness = ValueOf<typeof loudness>;
