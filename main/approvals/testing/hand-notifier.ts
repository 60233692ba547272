import type { Notice, NoticeOutcome, Notifier, NotifierSupport, OldPress } from '../../shared/notifier.ts';

export interface ShownByHand {
  readonly notice: Notice;
  readonly heard: (outcome: NoticeOutcome) => void;
  closed: boolean;
}

/** A channel that a test works by hand: it keeps what it was given, and says what it is told to. */
export interface HandNotifier extends Notifier {
  readonly shown: ShownByHand[];
  /** What it does with the next notices: show them, fail, or say nothing at all. */
  mode: 'show' | 'fail' | 'silent';
  quiet: boolean;
  /** Presses a button of the newest notice with this title. */
  press(label: string, text?: string): void;
  old(press: OldPress): void;
  titles(): string[];
}

export function createHandNotifier(name: string, can: Partial<NotifierSupport> = {}): HandNotifier {
  let old: (press: OldPress) => void = () => undefined;
  const self: HandNotifier = {
    name,
    shown: [],
    mode: 'show',
    quiet: false,
    support: () =>
      Promise.resolve({
        available: true,
        server: name,
        actions: true,
        body: true,
        inlineReply: false,
        mostButtons: 8,
        survivesRestart: true,
        note: '',
        ...can,
      }),
    show(notice, heard) {
      const shown: ShownByHand = { notice, heard, closed: false };
      self.shown.push(shown);
      if (self.mode === 'fail') heard({ kind: 'failed', by: name, reason: 'No daemon.' });
      if (self.mode === 'show') heard({ kind: 'shown', by: name, ref: String(self.shown.length) });
      return {
        close: () => {
          shown.closed = true;
        },
      };
    },
    hearOld(heard) {
      old = heard;
    },
    desktopIsQuiet: () => Promise.resolve(self.quiet),
    press(label, text) {
      const { notice, heard } = self.shown.findLast(
        (each) =>
          each.notice.buttons.some((button) => button.label === label) || each.notice.reply?.label === label,
      ) ?? { notice: undefined, heard: undefined };
      const button = notice?.buttons.find((each) => each.label === label) ?? notice?.reply;
      if (!button || !heard) throw new Error(`No notice has the button ${label}.`);
      heard({ kind: 'pressed', by: name, button: button.id, ...(text === undefined ? {} : { text }) });
    },
    old: (press) => {
      old(press);
    },
    titles: () => self.shown.map(({ notice }) => notice.title),
  };
  return self;
}
