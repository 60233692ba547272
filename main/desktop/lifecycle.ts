import { app, dialog } from 'electron';
import type { Call } from '../../preload/contract/operations.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import { createScope, type Scope } from '../shared/scope.ts';
import type { GlanceFeed } from './glance.ts';
import { listen } from './listen.ts';

/** How long the runtime may take to end; the system's own patience at log-off is about as long. */
const STOP_WITHIN_MS = 10_000;

export interface Lifecycle {
  /** Quits; asks first when work is running. */
  quit(): void;
  /** Quits without asking: a signal, or the session ends. */
  end(reason: string): void;
}

/**
 * The ordered end. Quitting is prevented once, everything is stopped with a deadline, and only then does the process exit.
 * When work runs the owner chooses: let it finish, pause it, stop it, or stay.
 */
export function createLifecycle(options: {
  glances: GlanceFeed;
  call: Call;
  clock: Clock;
  log: Log;
  scope: Scope;
  /** Ends the desktop side and the runtime. */
  stop: () => Promise<void>;
}): Lifecycle {
  const { glances, call, clock, log, scope, stop } = options;
  let ending = false;
  let asking = false;
  let whenIdle = false;

  function end(reason: string): void {
    if (ending) return;
    ending = true;
    log.info('quitting', { reason });
    // A scope of its own: the deadline must outlive everything that `stop` closes.
    clock.after(createScope('deadline'), STOP_WITHIN_MS, () => {
      log.error('stopping took too long; what was left is reconciled at the next start');
      app.exit(1);
    });
    stop().then(
      () => {
        app.exit(0);
      },
      (error: unknown) => {
        log.error('stopping failed', { error: messageOf(error) });
        app.exit(1);
      },
    );
  }

  async function ask(): Promise<void> {
    const running = glances.current()?.overview.running ?? 0;
    if (running === 0) {
      end('asked');
      return;
    }
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: running === 1 ? 'One run is still working.' : `${running} runs are still working.`,
      detail: 'Homer can wait for the work, or put it aside; nothing that was done is lost.',
      buttons: ['Let them finish, then quit', 'Pause them and quit', 'Stop them and quit', 'Cancel'],
      defaultId: 0,
      cancelId: 3,
      noLink: true,
    });
    if (response === 0) whenIdle = true;
    else if (response === 1) await each('run.pause');
    else if (response === 2) await each('run.stop');
    else whenIdle = false;
    if (response === 1 || response === 2) end('asked');
    else if (whenIdle && glances.current()?.overview.running === 0) end('the work is done');
  }

  async function each(operation: 'run.pause' | 'run.stop'): Promise<void> {
    const working = (glances.current()?.active ?? []).filter((run) =>
      ['running', 'validating'].includes(run.status),
    );
    for (const { id } of working) {
      const reply =
        operation === 'run.pause'
          ? await call('run.pause', { id, now: true })
          : await call('run.stop', { id });
      // It may have ended meanwhile, which is as good.
      if (!reply.ok) log.info('a run was not put aside at quit', { id, tag: reply.error.tag });
    }
  }

  function quit(): void {
    if (ending || asking) return;
    asking = true;
    ask()
      .catch((error: unknown) => {
        log.error('quitting could not be asked about', { error: messageOf(error) });
      })
      .finally(() => {
        asking = false;
      });
  }

  listen(scope, app, 'before-quit', (event: { preventDefault(): void }) => {
    event.preventDefault();
    quit();
  });
  // The tray keeps Homer alive without a window.
  listen(scope, app, 'window-all-closed', () => undefined);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    listen(scope, process, signal, () => {
      end(signal);
    });
  glances.watch(scope, ({ overview }) => {
    if (whenIdle && overview.running === 0) end('the work is done');
  });

  return { quit, end };
}
