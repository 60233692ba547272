import type { SupportReport } from '../approvals/support-report.ts';
import { fail, ok } from '../shared/result.ts';
import { writeFlag } from '../store/flag-store.ts';
import { findNotice, listNotices } from '../store/notice-store.ts';
import type { NotificationSupport } from '../../preload/contract/notification.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

export function notificationHandlers({
  store,
  notices,
  clock,
}: ApiOptions): Pick<Handlers, `notification.${string}` & keyof Handlers> {
  return {
    'notification.list': ({ key, ...filter }) =>
      ok(store.read((read) => listNotices(read, { ...filter, itemKey: key }))),
    'notification.get': ({ id }) => {
      const notice = store.read((read) => findNotice(read, id));
      return notice
        ? ok(notice)
        : fail('not_found', `There is no notification with the id ${id}.`, {
            hint: 'It may be older than `retention.notices_days` keeps it.',
          });
    },
    'notification.support': async () => ok(toSupport(await notices.support())),
    'notification.test': () => notices.test(),
    'notification.quiet': ({ until }, { actor }) => {
      if (until !== null && until !== 'on' && until <= clock.iso())
        return fail('invalid_input', 'This time has passed.', { hint: 'Choose a time to come, or on.' });
      return store.tryWrite((write) => {
        writeFlag(write, 'notify.quiet_until', until ?? '', actor.name);
        return { until };
      });
    },
  };
}

function toSupport(report: SupportReport): NotificationSupport {
  return {
    ...report,
    channels: report.channels.map((channel) => ({ ...channel })),
  };
}
