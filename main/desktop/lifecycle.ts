import { app, powerMonitor } from 'electron';
import type { QuitHow } from '../../preload/contract/host.ts';
import type { Call } from '../../preload/contract/operations.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import { createScope, type Scope } from '../shared/scope.ts';
import type { GlanceFeed } from './glance.ts';
import { listen } from './listen.ts';
import { askHowToQuit } from './quit-question.ts';

/** How long the runtime may take to end; the system's own patience at log-off is about as long. */
const STOP_WITHIN_MS = 10_000;
/** How long runs that were paused or stopped at quit may take to let go of their agents. */
const PUT_ASIDE_WITHIN_MS = 5_000;

/** How long an installer that ends Homer by itself may take to unpack. */
const INSTALL_WITHIN_MS = 120_000;

export interface Lifecycle {
  /** Quits; asks first when work is running. */
  quit(): void;
  /** Quits as answered: after the running work, or at once with it paused or stopped. */
  leave(how: QuitHow): void;
  /** Ends in order, whatever works, and starts again. */
  restart(): void;
  /** Takes back a quit that waits. */
  stay(): void;
  leaving(): boolean;
  /** Quits without asking: a signal, or the session ends. */
  end(reason: string): void;
  /** Ends everything in order after a fault; `then` decides about the process. */
  endAfterFault(then: () => void): void;
}

/**
 * The ordered end. Quitting is prevented once, everything is stopped with a deadline, and only then does the process exit.
 *
 * - When work runs the owner chooses: let it finish, pause it, stop it, or stay.
 * - While Homer waits for work nothing new begins, and it can be asked again to pause, to stop, or to stay.
 * - A restart, a signal, the end of the session and the shutdown of the machine ask nothing: agents go on or are taken up at the next start.
 */
export function createLifecycle(options: {
  glances: GlanceFeed;
  call: Call;
  clock: Clock;
  log: Log;
  scope: Scope;
  /** On: nothing new begins. */
  drain: (on: boolean) => void;
  /** Ends the desktop side and the runtime. */
  stop: () => Promise<void>;
  /** Everything ended in order. */
  ended: () => void;
  /**
   * Last of all, at an end that the owner asked for: `idle` when no run is at work. `leaving`: something else ends this process;
   * `again`: Homer was to start again.
   */
  atEnd: (idle: boolean) => 'end' | 'leaving' | 'again';
  /** Homer goes on, or waits: the owner must be able to reach it. */
  stays: () => void;
}): Lifecycle {
  const { glances, call, clock, log, scope, drain, stop } = options;
  let ending = false;
  let letGo = false;
  let asking = false;
  let leaving = false;
  let again = false;

  function stopAll(reason: string, then: (inOrder: boolean) => void): void {
    if (ending) return;
    ending = true;
    log.info('quitting', { reason });
    // A scope of its own: the deadline must outlive everything that `stop` closes.
    clock.after(createScope('deadline'), STOP_WITHIN_MS, () => {
      log.error('stopping took too long; what was left is reconciled at the next start');
      then(false);
    });
    stop().then(
      () => {
        then(true);
      },
      (error: unknown) => {
        log.error('stopping failed', { error: messageOf(error) });
        then(false);
      },
    );
  }

  function end(reason: string, wanted = false): void {
    const idle = runningNow() === 0;
    stopAll(reason, (inOrder) => {
      if (letGo) return;
      if (inOrder) options.ended();
      const then = inOrder && wanted ? options.atEnd(idle) : 'end';
      if (then === 'leaving') {
        letGo = true;
        clock.after(createScope('installer'), INSTALL_WITHIN_MS, () => {
          log.error('the installer did not end Homer');
          app.exit(1);
        });
        return;
      }
      if (then === 'again' || again) app.relaunch();
      app.exit(inOrder ? 0 : 1);
    });
  }

  const runningNow = (): number => glances.current()?.overview.running ?? 0;

  function wait(): void {
    if (!leaving) {
      leaving = true;
      log.info('quitting once the running work is done');
      drain(true);
    }
    // Read after nothing new can begin: what was claimed a moment ago counts.
    void glances.refresh().then(() => {
      if (leaving && runningNow() === 0) end('the work is done', true);
      else options.stays();
    });
  }

  async function putAside(operation: 'run.pause' | 'run.stop'): Promise<void> {
    if (!leaving) drain(true);
    leaving = true;
    await glances.refresh();
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
    // The watcher below ends when they have let go; past the deadline the rest is reconciled at the next start.
    await glances.refresh();
    if (runningNow() === 0) end('asked', true);
    else
      clock.after(scope, PUT_ASIDE_WITHIN_MS, () => {
        end('asked', true);
      });
  }

  function leave(how: QuitHow): void {
    if (ending) return;
    if (how === 'finish') wait();
    else
      putAside(how === 'pause' ? 'run.pause' : 'run.stop').catch((error: unknown) => {
        log.error('work could not be put aside at quit', { error: messageOf(error) });
        end('asked', true);
      });
  }

  function stay(): void {
    if (leaving && !ending) {
      leaving = false;
      log.info('the quit was taken back');
      drain(false);
    }
    options.stays();
  }

  async function ask(): Promise<void> {
    const running = runningNow();
    if (running === 0) {
      end('asked', true);
      return;
    }
    const answer = await askHowToQuit(running, leaving);
    if (answer === 'stay') stay();
    else if (answer === 'wait') options.stays();
    else leave(answer);
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
    if (letGo) return;
    event.preventDefault();
    quit();
  });
  // The tray keeps Homer alive without a window.
  listen(scope, app, 'window-all-closed', () => undefined);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    listen(scope, process, signal, () => {
      end(signal);
    });
  listen(scope, powerMonitor, 'shutdown', (event?: { preventDefault?(): void }) => {
    // The system waits a little for whoever asks it to.
    event?.preventDefault?.();
    end('the machine shuts down');
  });
  glances.watch(scope, ({ overview }) => {
    if (leaving && overview.running === 0) end('the work is done', true);
  });

  return {
    quit,
    leave,
    restart() {
      again = true;
      end('it is to start again', true);
    },
    stay,
    leaving: () => leaving,
    end,
    endAfterFault(then) {
      if (ending) then();
      else stopAll('a fault', then);
    },
  };
}
