import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputOf, OutputOf } from '../../preload/contract/operations.ts';
import { insertQuestion } from '../store/proposal-qa-store.ts';
import { appendOwnersWords } from '../store/run-event-store.ts';
import { addProject, addProposal, addRun } from '../store/testing/test-store.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
let project: string;
beforeEach(async () => {
  api = await createTestApi();
  project = api.store.write((write) => addProject(write));
});
afterEach(() => api.dispose());

type Hit = OutputOf<'search.find'>['hits'][number];
const find = async (text: string, rest: Partial<InputOf<'search.find'>> = {}): Promise<Hit[]> =>
  (await api.did('search.find', { text, ...rest })).hits;
const titles = async (text: string, rest?: Partial<InputOf<'search.find'>>): Promise<string[]> =>
  (await find(text, rest)).map(
    ({ kind, title, seq }) => `${kind} ${title}${seq === null ? '' : ` ${String(seq)}`}`,
  );
const say = (runId: string, ...texts: readonly string[]): void => {
  api.store.write((write) => {
    appendOwnersWords(
      write,
      runId,
      texts.map((text) => ({ type: 'message' as const, payload: { step: 1, text } })),
    );
  });
};

describe('search', () => {
  it('finds proposals, runs and events by the beginnings of all words, and shows where', async () => {
    const run = api.store.write((write) => {
      const id = addProposal(write, {
        title: 'Cache the index',
        content: 'The crème of queries is slow.',
        sourceRef: 'src/queue.ts:12',
      });
      insertQuestion(write, id, { question: 'Which eviction?', required: false, askedBy: 'agent' }, 'agent');
      addProposal(write, { title: 'Another thing' });
      return addRun(write, project, { name: 'Mend the scheduler', query: 'Drain the line first.' });
    });
    say(run, 'I look at the drainage of the queue first.');
    expect(await titles('cach ind')).toEqual(['proposal Cache the index']);
    expect(await titles('creme')).toEqual(['proposal Cache the index']);
    expect(await titles('evict')).toEqual(['proposal Cache the index']);
    expect(await titles('queue.ts')).toEqual(['proposal Cache the index']);
    expect((await titles('drain')).sort()).toEqual(['event Mend the scheduler 3', 'run Mend the scheduler']);
    expect(await titles('drain', { kinds: ['event'] })).toEqual(['event Mend the scheduler 3']);
    expect(await titles('cache nowhere')).toEqual([]);
    const [hit] = await find('creme');
    const { snippet } = hit ?? {};
    expect(snippet?.ranges.map(([from, to]) => snippet.text.slice(from, to))).toEqual(['crème']);
    const [event] = await find('drainage');
    expect(event).toMatchObject({
      id: run,
      seq: 3,
      eventType: 'message',
      status: 'queued',
      projectName: 'Parser',
    });
  });

  it('takes nothing typed as syntax, and finds by number', async () => {
    api.store.write((write) => {
      addProposal(write, { title: 'One AND two' });
      addRun(write, project, { name: 'Seven' });
    });
    for (const text of ['*', '"', '(', 'title:', 'a OR b', 'NEAR/2', '-', '^x', '{}', "'; DROP TABLE run --"])
      expect(await api.call('search.find', { text })).toMatchObject({ ok: true });
    expect(await titles('one and')).toEqual(['proposal One AND two']);
    expect(await titles('P-1')).toEqual(['proposal One AND two']);
    expect(await titles('#1')).toEqual(['run Seven']);
    expect(await titles('"two one"')).toEqual([]);
    expect(await api.call('search.find', { text: '  ' })).toMatchObject({
      ok: false,
      error: { tag: 'invalid_input' },
    });
  });

  it('holds to project, stage and state', async () => {
    api.store.write((write) => {
      const other = addProject(write, 'Other');
      addProposal(write, { title: 'Queue here', projectId: project });
      addProposal(write, { title: 'Queue there', projectId: other });
      addRun(write, other, { name: 'Queue run' });
    });
    expect(await titles('queue', { projectId: project })).toEqual(['proposal Queue here']);
    expect(await titles('queue', { kinds: ['proposal'], stages: ['plan'] })).toEqual([]);
    expect(await titles('queue', { kinds: ['run'], statuses: ['queued'] })).toEqual(['run Queue run']);
    expect(await titles('queue', { kinds: ['run'], statuses: ['failed'] })).toEqual([]);
  });

  it('puts the better match first, and among equals the newer', async () => {
    api.store.write((write) => addProposal(write, { title: 'Old idea about parsing' }));
    api.clock.advance(90 * 86_400_000);
    api.store.write((write) => {
      addProposal(write, { title: 'New idea about parsing' });
      addProposal(write, { title: 'Something else', content: `${'word '.repeat(200)} parsing` });
    });
    expect(await titles('parsing')).toEqual([
      'proposal New idea about parsing',
      'proposal Old idea about parsing',
      'proposal Something else',
    ]);
  });

  it('follows a change of the text', async () => {
    const id = api.store.write((write) => addProposal(write, { title: 'Before' }));
    expect(await titles('before')).toEqual(['proposal Before']);
    await api.did('proposal.update', { id, version: 1, fields: { title: 'After' } });
    expect(await titles('before')).toEqual([]);
    expect(await titles('after')).toEqual(['proposal After']);
  });

  it('shows at most three events of one run, so that others are seen behind it', async () => {
    const [quiet, loud] = api.store.write((write) => [
      addRun(write, project, { name: 'Quiet' }),
      addRun(write, project, { name: 'Loud' }),
    ]);
    say(quiet, 'needle');
    say(loud, ...Array.from({ length: 200 }, () => 'needle'));
    expect(
      (await titles('needle', { kinds: ['event'], limit: 10 })).map((each) => each.split(' ')[1]),
    ).toEqual(['Loud', 'Loud', 'Loud', 'Quiet']);
  });

  it('finds in one run over its whole timeline', async () => {
    const run = api.store.write((write) => addRun(write, project));
    say(run, 'alpha', 'beta', 'alphabet');
    expect(await api.did('search.run', { id: run, text: 'alpha' })).toEqual({
      seqs: [3, 5],
      total: 2,
      complete: true,
    });
    expect(await api.did('search.run', { id: run, text: '?' })).toMatchObject({ total: 0 });
    expect(await api.call('search.run', { id: crypto.randomUUID(), text: 'x' })).toMatchObject({
      ok: false,
      error: { tag: 'not_found' },
    });
  });
});
