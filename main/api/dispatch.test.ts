import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../shared/result.ts';
import { createDispatch, type Handlers } from './dispatch.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

const context = { actor: { name: 'owner', channel: 'api' } } as const;
const withHandlers = (other: Partial<Handlers>): TestApi['dispatch'] =>
  createDispatch({ ...api.handlers, ...other }, api.log);

describe('a call from outside', () => {
  it.each(['nothing.such', 'toString', '__proto__', ''])(
    'of the unknown operation “%s” is refused by name',
    async (name) => {
      expect(await api.dispatch(name, {}, context)).toMatchObject({
        ok: false,
        error: { tag: 'unknown_operation', message: expect.stringContaining(JSON.stringify(name)) },
      });
    },
  );

  it.each([
    ['proposal.create', { title: '  ' }, 'title: Write something here.'],
    ['proposal.create', { title: 'two\nlines' }, 'title: Keep this on one line.'],
    ['project.get', { id: 'seven' }, 'id: '],
    [
      'proposal.decide',
      { id: '0190c8b2-6f00-7000-8000-00000000abcd', version: 1, action: 'expire' },
      'action: ',
    ],
    ['proposal.board', { limit: 'many' }, 'limit: '],
    ['proposal.create', null, 'title: '],
  ])('of %s with %j names the field', async (name, input, message) => {
    const events = api.events();
    const reply = await api.dispatch(name, input, context);
    expect(reply).toMatchObject({
      ok: false,
      error: { tag: 'invalid_input', message: expect.stringContaining(message), details: { issues: [{}] } },
    });
    expect(api.events()).toBe(events);
  });

  it('fills in defaults before the handler sees the input', async () => {
    expect(await api.did('proposal.create', { title: ' Tidy up ' })).toMatchObject({
      proposal: { title: 'Tidy up', summary: '', projectId: null, number: 1, source: 'owner' },
    });
  });

  it('says what is not there as such', async () => {
    const id = '0190c8b2-6f00-7000-8000-00000000abcd';
    expect(await api.call('proposal.get', { id })).toMatchObject({
      ok: false,
      error: { tag: 'not_found', message: expect.stringContaining(id) },
    });
  });

  it('is never answered outside the contract: that is refused, and logged with its operation', async () => {
    const dispatch = withHandlers({ 'health.get': () => ok({ status: 'fine' } as never) });
    expect(await dispatch('health.get', {}, context)).toMatchObject({
      ok: false,
      error: { tag: 'invalid_output' },
    });
    expect(api.errors).toMatchObject([{ fields: { operation: 'health.get' } }]);
  });

  it('drops what the contract does not name', async () => {
    const dispatch = withHandlers({
      'project.remove': ({ id }) => ok({ id, secret: 'kept inside' } as { id: string }),
    });
    const id = '0190c8b2-6f00-7000-8000-00000000abcd';
    expect(await dispatch('project.remove', { id, version: 1 }, context)).toEqual({
      ok: true,
      value: { id },
    });
  });

  it.each([
    [
      'throws',
      () => {
        throw new TypeError('undefined is not a function');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('undefined is not a function'))],
  ])('gets a sentence and the log the stack when a handler %s', async (_how, handler) => {
    const reply = await withHandlers({ 'goal.list': handler })('goal.list', {}, context);
    expect(reply).toMatchObject({
      ok: false,
      error: { tag: 'internal', hint: expect.stringContaining('homer doctor') },
    });
    expect(JSON.stringify(reply)).not.toContain('dispatch');
    expect(api.errors).toMatchObject([
      {
        message: 'an operation threw',
        fields: { operation: 'goal.list', stack: expect.stringContaining('dispatch.test') },
      },
    ]);
  });
});
