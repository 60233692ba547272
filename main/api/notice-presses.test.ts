import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutputOf } from '../../preload/contract/operations.ts';
import { insertQuestion } from '../store/proposal-qa-store.ts';
import { createNoticeBench, smallPlan, type NoticeBench } from './testing/notice-bench.ts';

let bench: NoticeBench;
beforeEach(async () => {
  bench = await createNoticeBench();
});
afterEach(() => bench.dispose());

const record = async (title: string): Promise<OutputOf<'notification.list'>[number]> => {
  const found = (await bench.api.did('notification.list', {})).find((each) => each.title === title);
  if (!found) throw new Error(`No notice is called ${title}.`);
  return found;
};
const refusal = (): string => bench.first.shown.at(-1)?.notice.body ?? '';

describe('pressing a button of a notification', () => {
  it('decides, with everything needed to decide on the notice', async () => {
    const id = await bench.idea();
    await bench.settle();
    expect(bench.first.shown.map(({ notice }) => notice)).toMatchObject([
      {
        title: 'New idea: Cache the index',
        body: expect.stringContaining('relevance 40/50'),
        urgency: 'normal',
      },
    ]);
    expect(bench.first.shown[0]?.notice.buttons.map(({ label }) => label)).toEqual([
      'Approve',
      'Details',
      'Skip',
      'Snooze 1 h',
      'Snooze to tonight',
      'Snooze to tomorrow',
    ]);
    for (const { id: token } of bench.first.shown[0]?.notice.buttons ?? []) {
      expect(token).toMatch(/^tdec:[0-9a-f-]{36}:[a-z]+:[0-9a-f]{8}$/u);
      expect(token.length).toBeLessThanOrEqual(64);
    }
    bench.first.press('Approve');
    expect(await bench.decisions(id)).toEqual(['approve notification']);
    expect(await record('New idea: Cache the index')).toMatchObject({
      outcome: 'pressed',
      channel: 'electron',
      outcomes: [
        { outcome: 'sent' },
        { outcome: 'shown', channel: 'electron' },
        { outcome: 'pressed', detail: 'approve' },
      ],
    });
  });

  it('keeps no button in the database, only its digest', async () => {
    await bench.idea();
    await bench.settle();
    const nonces = (bench.first.shown[0]?.notice.buttons ?? []).map(({ id }) => id.slice(-8));
    const rows = bench.api.store.read((read) => read.prepare('SELECT * FROM notice_button').all());
    expect(rows).toHaveLength(6);
    for (const nonce of nonces) expect(JSON.stringify(rows)).not.toContain(`:${nonce}`);
  });

  it('refuses a second press, and another button, and says what was decided', async () => {
    const id = await bench.idea();
    await bench.settle();
    bench.first.press('Skip');
    bench.first.press('Approve');
    await bench.settle(0);
    expect(await bench.decisions(id)).toEqual(['skip notification']);
    expect(refusal()).toMatch(
      /^This was skipped by you from a notification at \d\d:\d\d\. Nothing was changed\./u,
    );
    expect((await record('New idea: Cache the index')).outcomes.map(({ outcome }) => outcome)).toContain(
      'refused',
    );
  });

  it('refuses one that was decided elsewhere, by whom and where, and takes the notice away', async () => {
    const id = await bench.idea();
    await bench.settle();
    await bench.api.did('proposal.decide', { id, version: 1, action: 'reject', reason: 'Not now.' });
    expect(bench.first.shown[0]?.closed).toBe(true);
    bench.first.press('Approve');
    await bench.settle(0);
    expect(await bench.decisions(id)).toEqual(['reject dashboard']);
    expect(refusal()).toContain('This was rejected by you in the dashboard at');
    expect((await record('New idea: Cache the index')).outcome).toBe('withdrawn');
  });

  it('decides after a restart between showing and pressing, and tells nothing twice', async () => {
    const id = await bench.idea();
    await bench.settle();
    const token = bench.first.shown[0]?.notice.buttons[0]?.id ?? '';
    await bench.restart();
    expect(bench.first.titles()).toEqual(['New idea: Cache the index']);
    bench.second.old({ kind: 'button', button: token });
    expect(await bench.decisions(id)).toEqual(['approve notification']);
  });

  it('decides by notice and place where the system itself brings a press back', async () => {
    const id = await bench.idea();
    await bench.settle();
    const notice = bench.first.shown[0]?.notice.id ?? '';
    await bench.restart();
    bench.first.old({ kind: 'place', notice, place: 2 });
    expect(await bench.decisions(id)).toEqual(['skip notification']);
  });

  it('refuses a forged button, and one that is too old', async () => {
    const id = await bench.idea();
    await bench.settle();
    const token = bench.first.shown[0]?.notice.buttons[0]?.id ?? '';
    const forged = `${token.slice(0, -8)}${token.endsWith('00000000') ? '11111111' : '00000000'}`;
    bench.second.old({ kind: 'button', button: forged });
    bench.second.old({ kind: 'button', button: token.replace(':approve:', ':skip:') });
    await bench.settle(0);
    bench.api.clock.advance(25 * 3_600_000);
    bench.first.press('Approve');
    await bench.settle(0);
    expect(await bench.decisions(id)).toEqual([]);
    expect(bench.first.shown.map(({ notice }) => notice.body).join('\n')).toContain(
      'Homer does not know this button.',
    );
    expect(refusal()).toContain('too old');
  });

  it('refuses the press of someone else', async () => {
    const id = await bench.idea();
    await bench.settle();
    const token = bench.first.shown[0]?.notice.buttons[0]?.id ?? '';
    bench.centre.press({ button: { token }, user: 'stranger', by: 'phone' });
    await bench.settle(0);
    expect(await bench.decisions(id)).toEqual([]);
    expect(refusal()).toContain('made for someone else');
    bench.first.press('Approve');
    expect(await bench.decisions(id)).toEqual(['approve notification']);
  });

  it('uses no button up when the decision is refused', async () => {
    const id = await bench.idea();
    await bench.api.did('proposal.decide', { id, version: 1, action: 'approve' });
    const { proposal } = await bench.api.did('proposal.get', { id });
    await bench.api.did('proposal.editPlan', { id, version: proposal.version, plan: smallPlan });
    await bench.settle();
    bench.first.press('Execute');
    await bench.settle(0);
    expect(refusal()).toContain('belongs to no project');
    bench.first.press('Snooze 1 h');
    await bench.settle(0);
    expect(await bench.api.did('inbox.list', {})).toMatchObject({ total: 0, snoozed: 1 });
  });

  it('opens a plan at the reason for its rejection, and one that has no room for words elsewhere too', async () => {
    const id = await bench.idea();
    await bench.api.did('proposal.decide', { id, version: 1, action: 'approve' });
    const { proposal } = await bench.api.did('proposal.get', { id });
    await bench.api.did('proposal.editPlan', { id, version: proposal.version, plan: smallPlan });
    await bench.settle();
    bench.first.press('Reject');
    bench.first.press('Suggest');
    expect(bench.opened).toEqual([`/proposal/${id}?say=reject`, `/proposal/${id}?say=suggest`]);
    expect(await bench.decisions(id)).toEqual(['approve dashboard']);
    const [item] = (await bench.api.did('inbox.list', {})).items;
    if (!item) throw new Error('The plan does not wait.');
    const press = { key: item.key, version: item.version, kind: 'plan', action: 'reject' } as const;
    expect(await bench.api.call('inbox.decide', press)).toMatchObject({
      ok: false,
      error: { tag: 'text_required' },
    });
    await bench.api.did('inbox.decide', { ...press, text: 'The index is small.' });
    const { decisions } = await bench.api.did('proposal.get', { id });
    expect(decisions.at(-1)?.reason).toBe('The index is small.');
  });

  it('takes what should change about a plan where the channel takes words', async () => {
    await bench.dispose();
    bench = await createNoticeBench({ inlineReply: true });
    const id = await bench.idea();
    await bench.api.did('proposal.decide', { id, version: 1, action: 'approve' });
    const { proposal } = await bench.api.did('proposal.get', { id });
    await bench.api.did('proposal.editPlan', { id, version: proposal.version, plan: smallPlan });
    await bench.settle();
    expect(bench.first.shown.at(-1)?.notice).toMatchObject({ reply: { label: 'Suggest' } });
    bench.first.press('Suggest', 'Use the small cache.');
    expect((await bench.decisions(id)).at(-1)).toBe('suggest notification');
  });

  it('decides nothing when a notice closes', async () => {
    const id = await bench.idea();
    await bench.settle();
    bench.first.shown[0]?.heard({ kind: 'closed', by: 'electron' });
    await bench.settle();
    expect(await bench.decisions(id)).toEqual([]);
    bench.first.press('Approve');
    expect(await bench.decisions(id)).toEqual(['approve notification']);
  });

  it('opens the questions on Details, and the item on a click', async () => {
    const id = await bench.idea();
    await bench.settle();
    bench.first.shown[0]?.heard({ kind: 'opened', by: 'electron' });
    bench.first.press('Details');
    expect(bench.opened).toEqual([`/proposal/${id}`, `/proposal/${id}`]);
    expect(await bench.decisions(id)).toEqual(['details notification']);
  });

  it('takes an answer in place where the channel can, and opens the question where it cannot', async () => {
    await bench.dispose();
    bench = await createNoticeBench({ inlineReply: true });
    const id = await bench.idea();
    await bench.api.did('proposal.decide', { id, version: 1, action: 'details' });
    await bench.api.did('proposal.ask', { id, question: 'Which cache?', required: true });
    await bench.settle();
    const asked = bench.first.shown.at(-1)?.notice;
    expect(asked).toMatchObject({
      title: 'Homer has a question: Cache the index',
      reply: { label: 'Answer' },
    });
    expect(asked?.body).toContain('Which cache?');
    bench.first.press('Answer', 'The small one.');
    const { questions } = await bench.api.did('proposal.get', { id });
    expect(questions[0]?.answer).toBe('The small one.');
  });

  it('opens what is of high risk instead of starting it', async () => {
    const id = await bench.idea();
    await bench.api.did('proposal.decide', { id, version: 1, action: 'approve' });
    const { proposal } = await bench.api.did('proposal.get', { id });
    await bench.api.did('proposal.editPlan', {
      id,
      version: proposal.version,
      plan: { ...smallPlan, risk: 'high' },
    });
    await bench.settle();
    expect(
      bench.first.shown
        .at(-1)
        ?.notice.buttons.map(({ label }) => label)
        .slice(0, 3),
    ).toEqual(['Open', 'Reject', 'Suggest']);
    expect((await bench.api.did('inbox.list', {})).items).toMatchObject([{ kind: 'plan', openFirst: true }]);
  });

  it('opens a plan with a required question open instead of starting it', async () => {
    const id = await bench.idea();
    await bench.api.did('proposal.decide', { id, version: 1, action: 'approve' });
    const { proposal } = await bench.api.did('proposal.get', { id });
    await bench.api.did('proposal.editPlan', { id, version: proposal.version, plan: smallPlan });
    bench.api.store.write((write) =>
      insertQuestion(write, id, { question: 'Which cache?', required: true, askedBy: 'agent' }, 'agent'),
    );
    const openFirst = async () => (await bench.api.did('inbox.list', {})).items.map((item) => item.openFirst);
    expect(await openFirst()).toEqual([true]);
    const { questions } = await bench.api.did('proposal.get', { id });
    await bench.api.did('proposal.answer', { id, questionId: questions[0]?.id ?? '', answer: 'Any.' });
    expect(await openFirst()).toEqual([false]);
  });

  it('snoozes for the chosen time, and tells it again when it is over', async () => {
    await bench.set('notify.zone', 'Europe/Berlin');
    await bench.idea();
    await bench.settle();
    bench.first.press('Snooze to tomorrow');
    await bench.settle();
    expect(await bench.api.did('inbox.list', {})).toMatchObject({ total: 0, snoozed: 1 });
    const [item] = (await bench.api.did('inbox.snoozed', {})).items;
    // The bench begins at 01:00 in Berlin, in winter.
    expect(item?.snoozedUntil).toBe('2026-01-02T08:00:00.000Z');
    await bench.api.did('inbox.unsnooze', { key: item?.key ?? '', version: item?.version ?? 0 });
    await bench.settle();
    expect(bench.first.titles()).toEqual(['New idea: Cache the index', 'New idea: Cache the index']);
  });
});

describe('a channel that does not show', () => {
  it('gives way to the next when it fails, or says nothing within four seconds', async () => {
    bench.first.mode = 'silent';
    const id = await bench.idea();
    await bench.settle();
    expect(bench.second.shown).toHaveLength(0);
    await bench.settle(4_000);
    expect(bench.second.titles()).toEqual(['New idea: Cache the index']);
    expect((await record('New idea: Cache the index')).outcomes).toMatchObject([
      { outcome: 'sent' },
      { outcome: 'failed', channel: 'electron', detail: 'It was not shown within 4 seconds.' },
      { outcome: 'shown', channel: 'dbus' },
    ]);
    bench.second.press('Skip');
    expect(await bench.decisions(id)).toEqual(['skip notification']);
  });

  it('is passed over when another was chosen', async () => {
    await bench.set('notify.channel', 'dbus');
    await bench.idea();
    await bench.settle();
    expect([bench.first.titles().length, bench.second.titles().length]).toEqual([0, 1]);
  });
});

it('proves with a test that buttons come back', async () => {
  const sent = await bench.api.did('notification.list', {});
  expect(sent).toEqual([]);
  const made = bench.centre.test();
  await bench.settle();
  bench.first.press('It works');
  expect(made).toMatchObject({ ok: true });
  expect((await record('A test of notifications')).outcome).toBe('pressed');
  expect(await bench.centre.support()).toMatchObject({
    channels: [
      { name: 'electron', lastPressedAt: expect.any(String) },
      { name: 'dbus', lastPressedAt: null },
    ],
  });
});
