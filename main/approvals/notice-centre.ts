import { choicesOn } from '../domain/inbox/choice.ts';
import type { NoticeRecord } from '../domain/notice/notice.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type {
  Notice,
  NoticeDesk,
  NoticeOutcome,
  Notifier,
  NoticeSurface,
  NoticeView,
  OldPress,
} from '../shared/notifier.ts';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { findNotice, findShownAs, insertNotice, recordOutcome, shownAs } from '../store/notice-store.ts';
import type { Store } from '../store/store.ts';
import type { Untold } from '../store/told-store.ts';
import { noticeText } from './notice-text.ts';
import { offerButton } from './one-time-button.ts';
import type { DecideItem } from './ports.ts';
import { createPressButton, type Press } from './press-button.ts';
import { showNotice } from './show-notice.ts';
import { supportReport, type SupportReport } from './support-report.ts';
import { calmOf, createTeller, type Teller } from './tell-owner.ts';

/** The person at this machine; a channel that reaches others gives their names. */
const OWNER = 'owner';
/** Buttons of the second channel that is tried stand apart from those of the first. */
const PLACES_EACH = 20;
/** How long the desktop is given to say whether it is quiet. */
const ASKED_FOR_MS = 1_000;
/** Views kept, so that what was shown can be taken back. */
const MOST_VIEWS = 200;

export interface NoticeCentre extends NoticeDesk {
  /** What shows notices on this machine, and whether its buttons were seen to work. */
  support(): Promise<SupportReport>;
  /** Sends a notice with a button, and gives the record that will say when it came back. */
  test(): Result<NoticeRecord>;
  /** A press from a channel that is none of this machine's notifiers. */
  press(press: Press): void;
  settled: Teller['settled'];
}

/**
 * Tells the owner what waits, by whatever this machine can show, and takes decisions from its buttons: the same for every host. What was
 * told, and what became of it, stands in the store.
 */
export function createNoticeCentre(options: {
  store: Store;
  decide: DecideItem;
  clock: Clock;
  ids: Ids;
  log: Log;
  scope: Scope;
  host: 'desktop' | 'headless' | 'cli';
}): NoticeCentre {
  const { store, clock, ids, log } = options;
  const scope = options.scope.child('notices');
  const pressButton = createPressButton(options);
  const settings = calmOf(store, options.host);
  const views = new Map<string, NoticeView>();
  let surface: NoticeSurface | null = null;

  const channels = (): readonly Notifier[] => {
    const all = surface?.channels ?? [];
    const wanted = settings().channel;
    const first = all.filter(({ name }) => name === wanted);
    return [...first, ...all.filter((channel) => !first.includes(channel))];
  };

  const teller = createTeller({
    store,
    clock,
    log,
    scope,
    settings,
    ready: () => (surface?.channels.length ?? 0) > 0,
    async desktopIsQuiet() {
      const asked = channels().map((channel) => channel.desktopIsQuiet?.() ?? Promise.resolve(false));
      const own = scope.child('question to the desktop');
      try {
        // A desktop that does not answer is not quiet.
        return await Promise.race([
          Promise.all(asked).then((answers) => answers.includes(true)),
          clock.sleep(own, ASKED_FOR_MS).then(() => false),
        ]);
      } finally {
        await own.close();
      }
    },
    show: (id, notice, item) => {
      show(id, notice, item, channels());
    },
    withdraw(id) {
      const view = views.get(id);
      if (view) {
        views.delete(id);
        view.close();
        return;
      }
      const old = store.read((read) => shownAs(read, id));
      if (old) surface?.channels.find(({ name }) => name === old.channel)?.closeOld?.(id, old.ref);
    },
  });

  const centre: NoticeCentre = {
    attach(lent) {
      surface = lent;
      for (const channel of lent.channels)
        channel.hearOld?.((press) => {
          takeOld(channel.name, press);
        });
      teller.look();
    },
    tell(title, body, route = '/inbox') {
      if (!surface || surface.channels.length === 0) return;
      const id = store.tryWrite((write) =>
        insertNotice(write, { kind: 'reply', itemKey: '', title, body, route }, { outcome: 'sent' }),
      );
      if (!id.ok) log.warn('a notice could not be recorded', { error: id.error.message });
      else show(id.value, { title, body, route }, null, withoutQuick());
    },
    support: () => supportReport({ store, settings: settings(), channels: channels(), now: clock.now() }),
    test() {
      if (!surface || surface.channels.length === 0)
        return fail('no_notifications', 'Nothing on this machine can show notifications.', {
          hint: 'Decide in the dashboard, or start Homer in a desktop session.',
        });
      const notice = {
        title: 'A test of notifications',
        body: 'Press the button: then Homer knows that decisions from notifications reach it.',
        route: '/settings?section=notifications',
      };
      const record = store.write((write) => {
        const id = insertNotice(write, { kind: 'test', itemKey: '', ...notice }, { outcome: 'sent' });
        const made = findNotice(write, id);
        if (!made) throw new Error('The notice that was just made is not there.');
        return made;
      });
      show(record.id, notice, 'test', channels());
      return ok(record);
    },
    press: take,
    settled: () => teller.settled(),
  };
  return centre;

  /** A refusal is told where it was pressed; no window opens for it. */
  function withoutQuick(): readonly Notifier[] {
    return channels().filter(({ name }) => name !== 'quick');
  }

  function show(
    id: string,
    notice: { title: string; body: string; route: string },
    about: Untold | 'test' | null,
    on: readonly Notifier[],
  ): void {
    let attempt = -1;
    const view = showNotice(
      on,
      async (channel) => {
        attempt += 1;
        return withButtons(id, notice, about, channel, attempt * PLACES_EACH);
      },
      {
        clock,
        log,
        scope,
        heard: (outcome) => {
          hear(id, notice.route, outcome);
        },
        exhausted: () => {
          log.warn('a notice was shown by nothing', { notice: notice.title });
        },
      },
    );
    views.set(id, view);
    const oldest = views.size > MOST_VIEWS ? views.keys().next().value : undefined;
    if (oldest !== undefined) views.delete(oldest);
  }

  /** The notice as a channel shows it: with as many buttons as it has room for, each good once. */
  async function withButtons(
    id: string,
    notice: { title: string; body: string },
    about: Untold | 'test' | null,
    channel: Notifier,
    firstPlace: number,
  ): Promise<Notice> {
    const plain: Notice = { id, title: notice.title, body: notice.body, buttons: [], urgency: 'low' };
    if (about === null) return { ...plain, urgency: 'normal' };
    const support = await channel.support();
    const calm = settings();
    const offer = (
      write: Parameters<typeof offerButton>[0],
      action: Parameters<typeof offerButton>[2]['action'],
      place: number,
    ): string =>
      offerButton(write, ids, {
        noticeId: id,
        place: firstPlace + place,
        action,
        owner: OWNER,
        itemKey: about === 'test' ? '' : about.key,
        itemKind: about === 'test' ? '' : about.kind,
        itemVersion: about === 'test' ? 0 : about.version,
        hours: calm.buttonHours,
      });
    return store.write((write) => {
      if (about === 'test')
        return {
          ...plain,
          urgency: 'normal',
          buttons: support.actions ? [{ id: offer(write, 'works', 0), label: 'It works' }] : [],
        };
      const { takesAnswer } = noticeText(write, about);
      const choices = choicesOn(about);
      // One text fits: of a plan, what should change about it.
      const words = choices.findLast(
        ({ effect, action }) => effect === 'words' && (action !== 'answer' || takesAnswer),
      );
      const replies = support.inlineReply && words !== undefined;
      const shown = choices
        .filter((choice) => !replies || choice !== words)
        .slice(0, support.actions ? support.mostButtons : 0);
      const loud = calm.loudness[about.kind];
      return {
        ...plain,
        urgency: loud === 'urgent' ? 'critical' : loud === 'silent' ? 'low' : 'normal',
        buttons: shown.map((choice, place) => ({
          id: offer(write, choice.action, place),
          label: choice.label,
        })),
        ...(replies
          ? { reply: { id: offer(write, words.action, PLACES_EACH - 1), label: words.label } }
          : {}),
      };
    });
  }

  function hear(id: string, route: string, outcome: NoticeOutcome): void {
    log.info('notification', {
      notice: id,
      kind: outcome.kind,
      by: outcome.by,
      ...(outcome.kind === 'failed' ? { reason: outcome.reason } : {}),
    });
    if (outcome.kind === 'pressed') {
      take({ button: { token: outcome.button }, user: OWNER, by: outcome.by, text: outcome.text });
      return;
    }
    record(id, outcome);
    if (outcome.kind === 'opened') open(route);
  }

  /** What is about many things opens the list of them. */
  function open(route: string): void {
    if (route === '/inbox' && surface?.openQuick) surface.openQuick();
    else surface?.open(route);
  }

  function record(id: string, outcome: Exclude<NoticeOutcome, { kind: 'pressed' }>): void {
    const kept = store.tryWrite((write) => {
      recordOutcome(write, id, {
        outcome: outcome.kind,
        channel: outcome.by,
        ...(outcome.kind === 'failed' ? { detail: outcome.reason } : {}),
        ...(outcome.kind === 'shown' && outcome.ref !== undefined ? { shownAs: outcome.ref } : {}),
      });
    });
    if (!kept.ok) log.warn('what became of a notice was not recorded', { error: kept.error.message });
  }

  function take(press: Press): void {
    try {
      const done = pressButton(press);
      if (done.ok) {
        log.info('a button was pressed', {
          notice: done.value.noticeId,
          ms: Math.round(done.value.tookMs * 10) / 10,
        });
        if (done.value.route !== null) open(done.value.route);
        return;
      }
      log.info('a press was refused', { tag: done.error.tag });
      const at = done.error.details as { route?: string | null } | undefined;
      centre.tell(
        'Nothing was done',
        [done.error.message, done.error.hint ?? ''].join(' ').trim(),
        at?.route ?? undefined,
      );
    } catch (error) {
      log.error('a press failed', { error: messageOf(error) });
      centre.tell('Nothing was done', 'Homer met a fault. The log has the details.');
    }
  }

  /** A notice of an earlier start: what its channel knows of it leads to the record. */
  function takeOld(by: string, press: OldPress): void {
    log.info('an old notification was used', { by, kind: press.kind });
    if (press.kind === 'button') take({ button: { token: press.button }, user: OWNER, by, text: press.text });
    else if (press.kind === 'place')
      take({ button: { noticeId: press.notice, place: press.place }, user: OWNER, by, text: press.text });
    else {
      const id =
        press.kind === 'opened' ? press.notice : store.read((read) => findShownAs(read, by, press.ref));
      const notice = id === null ? null : store.read((read) => findNotice(read, id));
      if (!notice) return;
      hear(notice.id, notice.route, { kind: 'opened', by });
    }
  }
}
