import type { InboxItem } from '../domain/inbox/inbox-item.ts';
import { entityOfKind, readKey, sectionOfKind } from '../domain/inbox/inbox-item.ts';
import { choiceOf } from '../domain/inbox/choice.ts';
import { inboxSection } from '../domain/inbox/inbox-section.ts';
import { readCalm } from '../approvals/calm.ts';
import { tooLate } from '../approvals/too-late.ts';
import { snoozeUntil } from '../approvals/snooze-time.ts';
import { parseTime } from '../shared/clock.ts';
import { fail, ok } from '../shared/result.ts';
import { lastEventSeq } from '../store/domain-event-store.ts';
import { listDone } from '../store/done-store.ts';
import {
  countSections,
  countSnoozed,
  findInboxItem,
  listInbox,
  listSnoozed,
  type StoredInboxItem,
} from '../store/inbox-store.ts';
import type { ApiOptions } from './api-options.ts';
import { decideItem } from './decide-item.ts';
import type { Handlers } from './dispatch.ts';
import { snoozeItem } from './snooze-item.ts';
import { undoDecision } from './undo-decision.ts';

export function inboxHandlers({
  store,
  clock,
}: ApiOptions): Pick<Handlers, `inbox.${string}` & keyof Handlers> {
  return {
    'inbox.list': ({ projectId, limit }) =>
      ok(
        store.read((read) => {
          const sections = countSections(read, projectId);
          return {
            seq: lastEventSeq(read),
            total: [...sections.values()].reduce((sum, total) => sum + total, 0),
            items: listInbox(read, projectId, limit).map(toItem),
            sections: inboxSection.values.flatMap((section) => {
              const total = sections.get(section);
              return total === undefined ? [] : [{ section, total }];
            }),
            snoozed: countSnoozed(read, projectId),
          };
        }),
      ),
    'inbox.snoozed': ({ projectId, limit }) =>
      ok(
        store.read((read) => ({
          total: countSnoozed(read, projectId),
          items: listSnoozed(read, projectId, limit).map((item) => ({
            ...toItem(item),
            snoozedUntil: item.snoozedUntil ?? item.since,
          })),
        })),
      ),
    'inbox.done': ({ projectId, limit }) => ok(store.read((read) => listDone(read, projectId, limit))),
    'inbox.decide': ({ key, version, kind, action, text }, { actor }) => {
      const { entity, id } = readKey(key);
      const choice = choiceOf(kind, action);
      if (entityOfKind(kind) !== entity || !choice)
        return fail('not_decidable', `There is no ${action} on a ${kind} of ${key}.`, {
          hint: 'Send the key, kind and version of an item as inbox.list gives them.',
        });
      const done = store.tryWrite((write) => {
        decideItem(write, { kind, entityId: id, version, choice, text }, actor);
        return { key, action };
      });
      if (done.ok || !['stale_version', 'illegal_transition'].includes(done.error.tag)) return done;
      const words = store.read((read) => tooLate(read, key, '', clock.now(), readCalm(read, 'desktop').zone));
      return fail(done.error.tag, words, { hint: 'Look at the inbox again.' });
    },
    'inbox.snooze': ({ key, version, ...wanted }, { actor }) =>
      store.tryWrite((write) => {
        const until =
          wanted.until ??
          snoozeUntil(wanted.for ?? 'hour', parseTime(write.now), readCalm(write, 'desktop').zone);
        snoozeItem(write, { ...readKey(key), version, until }, actor.name);
        return { key, until, version: findInboxItem(write, key)?.version ?? version };
      }),
    'inbox.unsnooze': ({ key, version }, { actor }) =>
      store.tryWrite((write) => {
        snoozeItem(write, { ...readKey(key), version, until: null }, actor.name);
        return { key };
      }),
    'inbox.undo': ({ id }, { actor }) => store.tryWrite((write) => undoDecision(write, id, actor)),
  };
}

/** An item as every surface shows it. */
export function toItem(item: StoredInboxItem): InboxItem {
  const entity = entityOfKind(item.kind);
  return {
    key: `${entity}:${item.entityId}`,
    kind: item.kind,
    entity,
    entityId: item.entityId,
    ref: entity === 'run' ? `#${String(item.number)}` : `P-${String(item.number)}`,
    title: item.title,
    detail: item.detail,
    projectName: item.projectName,
    section: sectionOfKind[item.kind],
    openFirst: item.openFirst,
    blocking: item.kind === 'blocked' || item.kind === 'permission',
    version: item.version,
    since: item.since,
  };
}
