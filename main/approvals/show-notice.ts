import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Notice, NoticeOutcome, Notifier, NoticeView } from '../shared/notifier.ts';
import type { Scope } from '../shared/scope.ts';

/** `shown` comes within milliseconds where notifications work; where they do not it may never come, without a word. */
export const SHOWN_WITHIN_MS = 4_000;

/**
 * Shows a notice on the first channel that shows it. One that fails, or does not say within `SHOWN_WITHIN_MS` that it did, is told as
 * failed and the next is tried; `exhausted` is told when there is none left. Closing takes it back from whichever has it.
 */
export function showNotice(
  channels: readonly Notifier[],
  prepare: (channel: Notifier) => Promise<Notice>,
  options: {
    heard: (outcome: NoticeOutcome) => void;
    exhausted: () => void;
    clock: Clock;
    log: Log;
    scope: Scope;
  },
): NoticeView {
  const { clock, scope, heard } = options;
  const own = scope.child('notice');
  let view: NoticeView | undefined;
  let closed = false;
  const over = (): boolean => closed || scope.closed;

  const attempt = async (index: number): Promise<void> => {
    const channel = channels[index];
    if (over()) return;
    if (!channel) {
      options.exhausted();
      await own.close();
      return;
    }
    let settled = false as boolean;
    const next = (reason: string): void => {
      if (settled) return;
      settled = true;
      stopWatch();
      heard({ kind: 'failed', by: channel.name, reason });
      view?.close();
      view = undefined;
      go(index + 1);
    };
    const stopWatch = clock.after(own, SHOWN_WITHIN_MS, () => {
      next(`It was not shown within ${String(SHOWN_WITHIN_MS / 1000)} seconds.`);
    });
    const notice = await prepare(channel);
    // Withdrawn, or given up, while the channel was asked what it can.
    if (settled || over()) return;
    view = channel.show(notice, (outcome) => {
      if (outcome.kind === 'failed') {
        next(outcome.reason);
        return;
      }
      if (outcome.kind === 'shown') {
        if (settled) return;
        settled = true;
        void own.close();
      }
      heard(outcome);
    });
  };
  const go = (index: number): void => {
    attempt(index).catch((error: unknown) => {
      options.log.error('a notice could not be shown', { error: String(error) });
    });
  };
  go(0);

  return {
    close() {
      closed = true;
      view?.close();
      void own.close();
    },
  };
}
