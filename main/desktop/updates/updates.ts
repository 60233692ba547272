import type { UpdatesPort, UpdateStatus } from '../../api/host-port.ts';
import { step } from '../../domain/machine.ts';
import {
  updateMachine,
  type UpdateAction,
  type UpdateChannel,
  type UpdateMode,
  type UpdateState,
} from '../../domain/update/update.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { fail, messageOf, ok, type Failure, type Result } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import { nothingKnown } from './nothing-known.ts';
import type { FoundUpdate, UpdateSource } from './update-source.ts';

const DAY_MS = 86_400_000;

export interface UpdateChoice {
  readonly mode: UpdateMode;
  readonly channel: UpdateChannel;
}

export interface Updates extends UpdatesPort {
  /** What the owner chose now. Turned on, or on another channel than before, it looks at once. */
  choose(choice: UpdateChoice): void;
  /** The owner stays after all: nothing restarts by itself at a later quit. */
  stay(): void;
  /**
   * Installs what is ready as the very last thing before the process ends; `idle`: no run is at work. `leaving`: the installer
   * ends the process. `again`: Homer was to start again and was not updated, so it has to be started as it is.
   */
  atEnd(idle: boolean): 'end' | 'leaving' | 'again';
}

/**
 * Looks for newer versions when it is turned on, at each start while it is on, and once a day from then. Off, it makes no request
 * and loads nothing that could. What is found is told once for each version. It installs only at an end in order with no run at work.
 */
export function createUpdates(options: {
  /** Where updates are, or why there are none. */
  offer: { readonly address: string } | string;
  /** Loads what speaks to the update server; called once, when it is first needed. */
  open: () => Promise<UpdateSource>;
  told: { isNew(version: string): boolean; note(version: string): void };
  tell: (title: string, body: string) => void;
  quit: () => void;
  clock: Clock;
  log: Log;
  scope: Scope;
}): Updates {
  const { offer, clock, log, scope } = options;
  const notOffered = typeof offer === 'string' ? offer : '';
  let choice: UpdateChoice = { mode: 'off', channel: 'latest' };
  let state: UpdateState = 'off';
  let found: FoundUpdate | null = null;
  let progress: UpdateStatus['progress'] = null;
  let checkedAt: string | null = null;
  let failure: UpdateStatus['failure'] = null;
  let source: Promise<UpdateSource> | undefined;
  let opened: UpdateSource | undefined;
  let restart = false;
  /** Raised when the owner chooses otherwise: what was under way no longer counts. */
  let turn = 0;
  let cancelTimer = (): void => undefined;

  function go(on: UpdateAction): boolean {
    const next = step(updateMachine, state, on);
    if (next.ok) state = next.value;
    return next.ok;
  }

  function failed(error: Failure): void {
    if (!go('fail')) return;
    progress = null;
    failure = { message: error.message, hint: error.hint ?? 'Try again later; the log has the details.' };
    log.warn('updating failed', { tag: error.tag, message: error.message });
  }

  /** Runs one request; what it answers after the owner chose otherwise is dropped. */
  async function ask<T>(
    what: (source: UpdateSource) => Promise<Result<T>>,
    then: (value: T) => void,
  ): Promise<void> {
    const mine = turn;
    const current = (): boolean => mine === turn && !scope.closed;
    try {
      source ??= options.open();
      opened = await source;
      if (!current()) return;
      const answer = await what(opened);
      if (!current()) return;
      if (answer.ok) then(answer.value);
      else failed(answer.error);
    } catch (error) {
      log.error('updating met a fault', { error: messageOf(error) });
      if (current())
        failed({ tag: 'update_failed', message: 'Updating met a fault.', hint: 'The log has the details.' });
    }
  }

  function look(): void {
    cancelTimer();
    cancelTimer = clock.after(scope, DAY_MS, look);
    if (!go('check')) return;
    failure = null;
    const { channel } = choice;
    void ask(
      (from) => from.check(channel),
      (newer) => {
        checkedAt = clock.iso();
        found = newer;
        if (newer === null) {
          go('find_none');
          return;
        }
        go('find');
        log.info('a newer version is there', { version: newer.version });
        if (options.told.isNew(newer.version)) {
          options.told.note(newer.version);
          options.tell(
            `Homer ${newer.version} is there`,
            choice.mode === 'install'
              ? 'It is downloaded now, and installed when Homer quits and no run is at work.'
              : 'Settings > About says what is new, and downloads it when you say so.',
          );
        }
        if (choice.mode === 'install') get();
      },
    );
  }

  function get(): boolean {
    if (!go('download')) return false;
    failure = null;
    progress = { done: 0, all: 0 };
    void ask(
      (from) =>
        from.download((done, all) => {
          if (state === 'downloading') progress = { done: Math.round(done), all: Math.round(all) };
        }),
      () => {
        progress = null;
        go('finish');
        log.info('an update is ready', { version: found?.version });
      },
    );
    return true;
  }

  function drop(): void {
    turn += 1;
    cancelTimer();
    opened?.cancel();
    found = null;
    progress = null;
    failure = null;
    restart = false;
    go('turn_off');
  }

  const offered = (): Result<void> => {
    if (notOffered !== '')
      return fail('not_offered', 'This Homer does not update itself.', { hint: notOffered });
    return choice.mode === 'off'
      ? fail('updates_off', 'Updates are off, so nobody is asked.', { hint: 'Turn them on first.' })
      : ok(undefined);
  };

  return {
    choose(wanted) {
      if (notOffered !== '') return;
      const former = choice;
      choice = wanted;
      if (wanted.mode === 'off') {
        if (former.mode !== 'off') drop();
        return;
      }
      if (former.mode === 'off') look();
      else if (former.channel !== wanted.channel) {
        drop();
        look();
      } else if (wanted.mode === 'install' && state === 'available') get();
    },
    status: () => ({
      ...nothingKnown(notOffered),
      address: typeof offer === 'string' ? null : offer.address,
      state,
      version: found?.version ?? null,
      notes: found?.notes ?? '',
      progress,
      checkedAt,
      failure,
    }),
    check() {
      const may = offered();
      if (!may.ok) return may;
      if (state !== 'checking' && state !== 'downloading' && state !== 'ready') look();
      return ok(undefined);
    },
    download() {
      const may = offered();
      if (!may.ok) return may;
      if (state === 'downloading' || state === 'ready' || get()) return ok(undefined);
      return fail('no_update', 'There is nothing to download.', { hint: 'Look for a newer version first.' });
    },
    restart() {
      const may = offered();
      if (!may.ok) return may;
      if (state !== 'ready')
        return fail('no_update', 'No update is ready to be installed.', { hint: 'Download one first.' });
      restart = true;
      options.quit();
      return ok(undefined);
    },
    stay() {
      restart = false;
    },
    atEnd(idle) {
      if (state !== 'ready' || !opened) return 'end';
      if (!idle) {
        log.info('the update is not installed: runs are at work');
        return restart ? 'again' : 'end';
      }
      const done = opened.install(restart);
      if (done.outcome === 'leaving') return 'leaving';
      if (done.outcome === 'done') return 'end';
      log.error('the update was not installed', { message: done.failure.message });
      return restart ? 'again' : 'end';
    },
  };
}
