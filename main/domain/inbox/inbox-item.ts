import { z } from 'zod';
import { idSchema, timeSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { inboxSection, type InboxSection } from './inbox-section.ts';
import { schemaOf } from '../list-schema.ts';

/** What may want the owner, and the words it is told with. */
export const inboxKind = valueList({
  idea: 'New idea',
  plan: 'Plan ready',
  planning_failed: 'Planning failed',
  question: 'Homer has a question',
  draft: 'A run needs your approval',
  permission: 'An agent asks for permission',
  blocked: 'A run waits for your answer',
  review: 'Ready to review',
  failed: 'A run failed',
});
export type InboxKind = ValueOf<typeof inboxKind>;

export const inboxEntity = z.enum(['proposal', 'run']);
export type InboxEntity = z.infer<typeof inboxEntity>;

export const inboxItemSchema = z.object({
  /** `proposal:<id>` or `run:<id>`. */
  key: z.string(),
  kind: schemaOf(inboxKind),
  entity: inboxEntity,
  entityId: idSchema,
  /** `P-12` or `#7`. */
  ref: z.string(),
  title: z.string(),
  /** One line that helps decide: evidence, question, or cause. */
  detail: z.string(),
  projectName: z.string().nullable(),
  section: schemaOf(inboxSection),
  /** A running agent waits for this. */
  blocking: z.boolean(),
  /** Of high risk, or with a required question open: it is opened before it is started, from wherever it is decided. */
  openFirst: z.boolean(),
  version: z.int(),
  since: timeSchema,
});
export type InboxItem = z.infer<typeof inboxItemSchema>;

const OF_RUNS = new Set<InboxKind>(['draft', 'permission', 'blocked', 'review', 'failed']);

export function entityOfKind(kind: InboxKind): InboxEntity {
  return OF_RUNS.has(kind) ? 'run' : 'proposal';
}

/** An agent at work waits for what blocks; then what is done, what failed, what was prepared, and what was found. */
export const sectionOfKind: Readonly<Record<InboxKind, InboxSection>> = {
  permission: 'blocking',
  blocked: 'blocking',
  review: 'review',
  failed: 'trouble',
  planning_failed: 'trouble',
  draft: 'decide',
  plan: 'decide',
  question: 'decide',
  idea: 'idea',
};

/** The place of an item's section, as SQL over its kind. */
export const sectionRank = `CASE kind ${Object.entries(sectionOfKind)
  .map(([kind, section]) => `WHEN '${kind}' THEN ${String(inboxSection.values.indexOf(section))}`)
  .join(' ')} END`;

/** `proposal:<id>` or `run:<id>`. */
export const inboxKeySchema = z
  .string()
  .regex(/^(?:proposal|run):[0-9a-f-]{36}$/u, 'Give proposal:<id> or run:<id>.');

export function readKey(key: string): { entity: InboxEntity; id: string } {
  const at = key.indexOf(':');
  return { entity: inboxEntity.parse(key.slice(0, at)), id: key.slice(at + 1) };
}

/** Where the dashboard shows it. */
export function routeOfItem(item: Pick<InboxItem, 'entity' | 'entityId' | 'kind'>): string {
  const page = `/${item.entity}/${item.entityId}`;
  return item.kind === 'review' ? `${page}/review` : page;
}
