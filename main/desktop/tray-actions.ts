import { decide, lateMessage, routeOf } from '../../preload/contract/choices.ts';
import type { ContractFailure } from '../../preload/contract/errors.ts';
import type { Call } from '../../preload/contract/operations.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { TrayActions } from './tray-menu.ts';

/** What the items of the tray menu do; what was refused is told in a notice, since a menu is gone by then. */
export function createTrayActions(options: {
  call: Call;
  tell: (title: string, body: string) => void;
  open: (route?: string) => void;
  quick: () => void;
  quit: () => void;
  /** A choice was carried out or refused. */
  settled: () => void;
  log: Log;
}): TrayActions {
  const { call, tell, open, log } = options;

  const settle = (what: string, work: Promise<string | undefined>): void => {
    work
      .then(
        (refused) => {
          if (refused !== undefined) tell(`${what}: nothing was done`, refused);
        },
        (error: unknown) => {
          log.error('a choice in the tray failed', { what, error: messageOf(error) });
        },
      )
      .finally(options.settled);
  };

  return {
    decide(item, choice) {
      settle(
        item.ref,
        decide(call, item, choice).then((refused) => {
          if (refused) return lateMessage(refused);
          if (choice.opens) open(routeOf(item));
          return undefined;
        }),
      );
    },
    stop(run) {
      settle(`#${String(run.number)}`, call('run.stop', { id: run.id }).then(refusal));
    },
    hold(held) {
      settle(held ? 'Pause everything' : 'Resume', call('worker.hold', { held }).then(refusal));
    },
    begin() {
      settle('Go on as usual', call('host.begin', {}).then(refusal));
    },
    setLaunchAtLogin(on) {
      settle('Launch at login', call('host.launchAtLogin', { on }).then(refusal));
    },
    leave(how) {
      settle('Quit', call('host.quit', { how }).then(refusal));
    },
    stay() {
      settle('Do not quit', call('host.stay', {}).then(refusal));
    },
    open,
    quick: options.quick,
    quit: options.quit,
  };
}

function refusal(reply: { ok: true } | { ok: false; error: ContractFailure }): string | undefined {
  if (reply.ok) return undefined;
  const { message, hint } = reply.error;
  return hint === undefined ? message : `${message} ${hint}`;
}
