import type { UpdateView } from '../../preload/contract/update.ts';
import { updateChannel, updateMode } from '../domain/update/update.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { readFlag } from '../store/flag-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import type { UpdatesPort } from './host-port.ts';
import { schemaOf } from '../domain/list-schema.ts';

const NOT_HERE =
  'Only the packaged desktop app updates itself. Update this one the way it was installed: pull and build a checkout, or install a newer package; then start it again.';

export function updateHandlers({
  store,
  hostPort,
  version,
}: ApiOptions): Pick<Handlers, Extract<keyof Handlers, `update.${string}`>> {
  const view = (): UpdateView => {
    const chosen = store.read((read) => ({
      mode: schemaOf(updateMode).parse(readFlag(read, 'updates.mode')),
      channel: schemaOf(updateChannel).parse(readFlag(read, 'updates.channel')),
    }));
    const status = hostPort?.updates.status();
    return {
      notOffered: NOT_HERE,
      address: null,
      state: 'off',
      version: null,
      notes: '',
      progress: null,
      checkedAt: null,
      failure: null,
      ...status,
      ...chosen,
      current: version,
    };
  };
  const asked = (what: (port: UpdatesPort) => Result<void>): Result<UpdateView> => {
    if (!hostPort) return fail('not_offered', 'This host does not update itself.', { hint: NOT_HERE });
    const done = what(hostPort.updates);
    return done.ok ? ok(view()) : done;
  };
  return {
    'update.get': () => ok(view()),
    'update.check': () => asked((port) => port.check()),
    'update.download': () => asked((port) => port.download()),
    'update.restart': () => asked((port) => port.restart()),
  };
}
