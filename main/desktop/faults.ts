import { app, dialog } from 'electron';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import { createScope, type Scope } from '../shared/scope.ts';
import { listen } from './listen.ts';

/** Nobody at the machine: Homer comes back by itself. Bad starts in a row are counted, so it does not do so for ever. */
const ANSWER_WITHIN_MS = 60_000;

/**
 * A fault that nothing caught leaves Homer in a state nobody thought of: it is logged, everything ends in order, the owner is told, and
 * Homer starts again or not. Agents that work go on, and the next start takes them up.
 */
export function watchFaults(options: {
  clock: Clock;
  log: Log;
  scope: Scope;
  /** Ends everything in order, then calls back; before there is anything to end, at once. */
  end: (then: () => void) => void;
}): void {
  const { clock, log, scope, end } = options;
  let faulty = false;

  const leave = (again: boolean): void => {
    if (again)
      app.relaunch({
        args: [...process.argv.slice(1).filter((word) => word !== '--hidden'), '--hidden'],
      });
    app.exit(1);
  };

  const fault = (error: unknown): void => {
    log.error('a fault that nothing caught', {
      error: messageOf(error),
      ...(error instanceof Error && error.stack !== undefined ? { stack: error.stack } : {}),
    });
    if (faulty) return;
    faulty = true;
    end(() => {
      const asking = createScope('fault');
      clock.after(asking, ANSWER_WITHIN_MS, () => {
        leave(true);
      });
      dialog
        .showMessageBox({
          type: 'error',
          message: 'Homer met a fault and had to close.',
          detail: `${messageOf(error)}\n\nAgents that were working go on; Homer takes them up when it starts again, and the log has the details.`,
          buttons: ['Start again', 'Quit'],
          defaultId: 0,
          cancelId: 1,
          noLink: true,
        })
        .then(
          ({ response }) => {
            leave(response === 0);
          },
          (refused: unknown) => {
            log.error('the fault could not be told', { error: messageOf(refused) });
            leave(true);
          },
        );
    });
  };
  listen(scope, process, 'uncaughtException', fault);
  listen(scope, process, 'unhandledRejection', fault);
}
