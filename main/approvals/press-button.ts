import type { Actor } from '../domain/decision/decision.ts';
import { choiceOf, routeOfChoice, type Choice } from '../domain/inbox/choice.ts';
import { readKey, routeOfItem } from '../domain/inbox/inbox-item.ts';
import type { Clock } from '../shared/clock.ts';
import { fail, ok, type Failure, type Result } from '../shared/result.ts';
import type { Read } from '../store/database.ts';
import { findNotice, recordOutcome } from '../store/notice-store.ts';
import { useButtons, type NoticeButtonRow } from '../store/notice-button-store.ts';
import type { Store } from '../store/store.ts';
import { readCalm } from './calm.ts';
import { find, redeem, type ButtonRef } from './one-time-button.ts';
import type { DecideItem } from './ports.ts';
import { tooLate } from './too-late.ts';

export interface Press {
  readonly button: ButtonRef;
  /** Who pressed, as the channel knows them. */
  readonly user: string;
  /** Who showed it: `electron`, `dbus`. */
  readonly by: string;
  readonly text?: string | undefined;
}

export interface Pressed {
  readonly noticeId: string;
  /** Where the dashboard should open; null when nothing is to be seen. */
  readonly route: string | null;
  /** From the press to the committed decision, in milliseconds. */
  readonly tookMs: number;
}

/**
 * Takes one press: redeems the button and carries its choice out in one transaction, so that the first press on an item decides and any
 * other, whether late, double, expired, forged or someone else's, changes nothing and hears why.
 */
export function createPressButton(options: {
  store: Store;
  decide: DecideItem;
  clock: Clock;
}): (press: Press) => Result<Pressed> {
  const { store, decide, clock } = options;

  return (press) => {
    const began = clock.monotonic();
    const done = store.tryWrite((write) => {
      const button = redeem(write, press.button, press.user, write.now);
      const choice = choiceFor(button, press.text);
      const route = routeFor(button, choice);
      // Opening uses nothing up: it can be opened again, and decided from there.
      if (choice === null || choice.effect !== 'open') useButtons(write, button.noticeId);
      if (choice !== null && choice.effect !== 'open') {
        if (button.itemKind === '') throw new Error('A button of an item names no kind.');
        decide(
          write,
          {
            kind: button.itemKind,
            entityId: readKey(button.itemKey).id,
            version: button.itemVersion,
            choice,
            text: press.text,
          },
          actorOf(press),
        );
      }
      recordOutcome(write, button.noticeId, {
        outcome: choice?.effect === 'open' ? 'opened' : 'pressed',
        channel: press.by,
        detail: button.action,
      });
      return { noticeId: button.noticeId, route };
    });
    if (done.ok) return ok({ ...done.value, tookMs: clock.monotonic() - began });
    return refuse(press, done.error);
  };

  function refuse(press: Press, error: Failure): Result<never> {
    const button = store.read((read) => find(read, press.button));
    if (!button) return { ok: false, error };
    const late = ['stale_version', 'illegal_transition', 'already_decided', 'not_waiting', 'expired'];
    const message =
      late.includes(error.tag) && button.itemKey !== ''
        ? store.read((read) => wordsFor(read, button, error))
        : error.message;
    const kept = store.tryWrite((write) => {
      recordOutcome(write, button.noticeId, { outcome: 'refused', channel: press.by, detail: message });
    });
    if (!kept.ok) return kept;
    return fail(error.tag, message, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      details: { route: routeFor(button, null), noticeId: button.noticeId },
    });
  }

  function wordsFor(read: Read, button: NoticeButtonRow, error: Failure): string {
    const since = findNotice(read, button.noticeId)?.createdAt ?? '';
    const words = tooLate(read, button.itemKey, since, clock.now(), readCalm(read, 'desktop').zone);
    return error.tag === 'expired' && !words.startsWith('This was')
      ? `${error.message} Nothing was changed.`
      : words;
  }
}

/** What the button stands for; null for the button of a test. What takes words but got none is opened instead. */
function choiceFor(button: NoticeButtonRow, text: string | undefined): Choice | null {
  if (button.itemKind === '') return null;
  const choice = choiceOf(button.itemKind, button.action);
  if (!choice) throw new Error(`${button.action} is no choice on a ${button.itemKind}.`);
  return choice.effect === 'words' && (text ?? '').trim() === '' ? { ...choice, effect: 'open' } : choice;
}

function routeFor(button: NoticeButtonRow, choice: Choice | null): string | null {
  if (button.itemKind === '') return null;
  if (choice && (choice.effect === 'snooze' || !choice.opens || choice.effect === 'words')) return null;
  const { entity, id } = readKey(button.itemKey);
  const item = { entity, entityId: id, kind: button.itemKind };
  return choice?.effect === 'open' ? routeOfChoice(item, choice) : routeOfItem(item);
}

function actorOf(press: Press): Actor {
  return { name: press.user, channel: 'notification' };
}
