import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../shared/result.ts';
import { createCliSession } from '../testing/cli-session.ts';
import { sampleId } from '../testing/samples.ts';
import { displayWidth } from './display-width.ts';

const commands = [
  ...['list', 'add', 'show', 'update', 'remove', 'inspect', 'check-tests', 'demo'].map((verb) => [
    'project',
    verb,
  ]),
  ...['list', 'show', 'add', 'update', 'edit', 'decide', 'record', 'link', 'unlink', 'remove'].map((verb) => [
    'goals',
    verb,
  ]),
  ...['achieve', 'drop', 'pause', 'activate'].map((verb) => ['goal', verb]),
  ...[
    'list',
    'show',
    'add',
    'approve',
    'details',
    'ask',
    'answer',
    'plan',
    'suggest',
    'execute',
    'skip',
    'reject',
    'restore',
    'snooze',
  ].map((verb) => ['proposal', verb]),
  ...[
    'list',
    'show',
    'create',
    'watch',
    'diff',
    'output',
    'approve',
    'reject',
    'pause',
    'resume',
    'stop',
    'directive',
    'answer',
    'apply',
    'roll-back',
    'discard',
    'request-changes',
    'retry',
  ].map((verb) => ['run', verb]),
  ...['list', 'clean', 'archives', 'restore'].map((verb) => ['workspace', verb]),
  ['backup', 'list'],
  ['backup', 'create'],
  ['data', 'status'],
  ['agent', 'list'],
  ['agent', 'check'],
  ...['list', 'snooze', 'unsnooze', 'snoozed', 'done', 'undo'].map((verb) => ['inbox', verb]),
  ...['list', 'test', 'support', 'quiet', 'hours'].map((verb) => ['notifications', verb]),
  ...['list', 'allow', 'deny', 'grants', 'revoke', 'restore'].map((verb) => ['permission', verb]),
  ...['set', 'list', 'delete', 'status'].map((verb) => ['secrets', verb]),
  ...[
    'status',
    'discover',
    'flag',
    'hold',
    'tick',
    'doctor',
    'call',
    'serve',
    'open',
    'demo',
    'token',
    'restore',
    'export',
    'import',
    'completion',
  ].map((verb) => [verb]),
];

describe('the homer command', () => {
  it.each(commands)('explains %s %s with an example', async (...path) => {
    const session = createCliSession();
    const { code, out, err } = await session.run([
      ...path.filter((word): word is string => Boolean(word)),
      '--help',
    ]);
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out).toMatch(/^Usage: homer /u);
    expect(out).toContain('--json');
    expect(out).toMatch(/Examples:\n {2}\$ .*homer /u);
    expect(session.connections.opened).toBe(0);
  });

  it('shows every group in its own help', async () => {
    const { code, out } = await createCliSession().run(['--help']);
    expect(code).toBe(0);
    for (const word of ['project', 'proposal', 'run', 'goal', 'inbox', 'serve', 'doctor'])
      expect(out).toContain(word);
    const group = await createCliSession().run(['run']);
    expect([group.code, group.out.includes('request-changes')]).toEqual([0, true]);
  });

  it('answers with exactly one JSON document on standard output', async () => {
    for (const argv of [
      ['run', 'list', '--json'],
      ['--json', 'run', 'list'],
      ['project', 'list', '--json'],
      ['proposal', 'show', 'P-12', '--json'],
      ['run', 'watch', '12', '--json'],
      ['flag', '--json'],
      ['token', '--json'],
      ['run', 'list', '--help', '--json'],
      ['completion', 'bash', '--json'],
    ]) {
      const { code, out, err } = await createCliSession().run(argv, { columns: 80 });
      expect(code, argv.join(' ')).toBe(0);
      expect(err, argv.join(' ')).toBe('');
      expect(() => JSON.parse(out) as unknown, argv.join(' ')).not.toThrow();
      expect(out).not.toContain('\u001b');
    }
  });

  it('says a failure as JSON on standard error, and nothing on standard output', async () => {
    for (const argv of [
      ['run', 'show', '99', '--json'],
      ['run', 'lst', '--json'],
      ['run', 'list', '--limit', 'x', '--json'],
      ['proposal', 'reject', 'P-1', '--json'],
    ]) {
      const { code, out, err } = await createCliSession().run(argv);
      expect(code, argv.join(' ')).not.toBe(0);
      expect(out).toBe('');
      const parsed = JSON.parse(err) as { ok: boolean; error: { tag: string; message: string } };
      expect(parsed.ok).toBe(false);
      expect(parsed.error.message).not.toBe('');
    }
  });

  it('keeps its exit codes', async () => {
    const session = createCliSession();
    const code = async (...argv: string[]): Promise<number> => (await session.run(argv)).code;
    expect(await code('run', 'list')).toBe(0);
    expect(await code('run', 'list', '--frobnicate')).toBe(2);
    expect(await code('run', 'show')).toBe(2);
    expect(await code('run', 'show', '99')).toBe(66);
    expect(await code('call', 'run.explode')).toBe(66);
    expect(await code('call', 'run.get', '{"id":')).toBe(2);
    expect(
      await code(
        'call',
        'proposal.decide',
        JSON.stringify({ id: sampleId(3001), version: 9, action: 'approve' }),
      ),
    ).toBe(75);
    const away = createCliSession({
      connect: () => Promise.resolve(fail('other_instance', 'Another Homer has the lock.')),
    });
    expect((await away.run(['run', 'list'])).code).toBe(69);
    const bug = createCliSession({ connect: () => Promise.reject(new Error('boom')) });
    expect((await bug.run(['run', 'list'])).code).toBe(70);
    expect(session.connections.closed).toBe(session.connections.opened);
  });

  it('goes back to a backup by the Homer that runs, past one that is damaged, once that is said yes to', async () => {
    const session = createCliSession({
      restore: () => Promise.resolve(fail('other_instance', 'Homer is running already.')),
    });
    const restores = (): unknown[] =>
      session.standIn.reached.filter(({ name }) => name === 'backup.restore').map(({ input }) => input);
    expect((await session.run(['restore', '--newest'], { answer: 'n' })).code).toBe(1);
    expect(restores()).toEqual([]);
    const { out, err, code } = await session.run(['restore', '--newest', '--yes']);
    expect([code, restores()]).toEqual([0, [{ backup: 'older.sqlite' }]]);
    expect(err + out).toContain('Not good: newer.sqlite: file is not a database');
    expect(err + out).toContain('Lost: 4 changes since');
    expect(out).toContain('homer-before-restore.sqlite');
    expect((await session.run(['restore', '/elsewhere.sqlite', '--yes'])).code).toBe(66);
  });

  it('suggests the nearest command', async () => {
    expect((await createCliSession().run(['projct'])).err).toContain('project');
    const inner = await createCliSession().run(['run', 'aply', '7']);
    expect(inner.err).toContain('Did you mean apply?');
    expect(inner.code).toBe(2);
  });

  it.each(['12', '#12', sampleId(1012), sampleId(1012).slice(0, 9)])('finds a run by %s', async (ref) => {
    const session = createCliSession();
    const { out, code } = await session.run(['run', 'show', ref]);
    expect(code).toBe(0);
    expect(out).toContain('#12 Work 12');
  });

  it.each(['P-12', 'p12', '#12', '12', sampleId(3012), sampleId(3012).slice(0, 9)])(
    'finds a proposal by %s',
    async (ref) => {
      const { out } = await createCliSession().run(['proposal', 'show', ref]);
      expect(out).toContain('P-12 Make the parser faster');
    },
  );

  it('finds a project by its name, and refuses a beginning that fits two', async () => {
    const session = createCliSession();
    expect((await session.run(['project', 'show', 'OTHER'])).out).toContain('/repos/project-2');
    const vague = await session.run(['project', 'show', sampleId(1).slice(0, 5)]);
    expect([vague.code, vague.err.includes('more than one')]).toEqual([2, true]);
  });

  it('decides on the version it has seen', async () => {
    const session = createCliSession();
    const { code } = await session.run(['proposal', 'approve', 'P-1', '--reason', 'worth it']);
    expect(code).toBe(0);
    const last = session.standIn.reached.at(-1);
    expect(last).toMatchObject({
      name: 'proposal.decide',
      input: { version: 1, action: 'approve', reason: 'worth it' },
    });
    expect(last?.context.actor.channel).toBe('cli');
  });

  it('lists what was granted, takes one back, and gives it back', async () => {
    const session = createCliSession();
    const { out } = await session.run(['permission', 'grants']);
    expect(out).toMatch(/Intent 7 +Bash +npm publish +#7 +owner/u);
    expect(out).toContain('once');
    const id = sampleId(6_007);
    const revoked = await session.run(['permission', 'revoke', id.slice(-8)]);
    expect([revoked.code, revoked.out]).toEqual([
      0,
      `Revoked: Bash for Intent 7.\nTake it back: homer permission restore ${id}\n`,
    ]);
    const restored = await session.run(['permission', 'restore', id, '--json']);
    expect(JSON.parse(restored.out)).toMatchObject({ id, text: 'npm publish' });
    expect(session.standIn.reached.at(-1)).toMatchObject({ name: 'grant.restore', input: { id } });
    expect((await session.run(['permission', 'revoke', 'ffff'])).code).toBe(66);
  });

  it('passes the executor of an execution on', async () => {
    const session = createCliSession();
    await session.run([
      'proposal',
      'execute',
      'P-12',
      '--command',
      './fix.sh',
      '--label',
      'mine',
      '--max-steps',
      '3',
      '--dry-run',
    ]);
    expect(session.standIn.reached.at(-1)?.input).toMatchObject({
      execute: {
        executor: 'shell',
        shellCommand: './fix.sh',
        executorLabel: 'mine',
        maxSteps: 3,
        dryRun: true,
      },
    });
  });

  it('asks on a terminal before it stops a run, and not for a script', async () => {
    const session = createCliSession();
    const no = await session.run(['run', 'stop', '7'], { columns: 80, answer: 'n' });
    expect(no.err).toContain('Stop #7');
    expect(no.code).toBe(1);
    expect(session.standIn.runs[0]?.status).toBe('running');
    expect((await session.run(['run', 'stop', '7'], { columns: 80, answer: 'y' })).code).toBe(0);
    expect(session.standIn.runs[0]?.status).toBe('stopped');
    expect((await createCliSession().run(['run', 'stop', '7'])).err).toBe('');
  });

  it('colours on a terminal alone, and not when told not to', async () => {
    const session = createCliSession();
    expect((await session.run(['run', 'list'], { columns: 100 })).out).toContain('\u001b[');
    expect((await session.run(['run', 'list'])).out).not.toContain('\u001b');
    expect((await session.run(['run', 'list', '--no-color'], { columns: 100 })).out).not.toContain('\u001b');
    expect((await session.run(['run', 'list'], { columns: 100, env: { NO_COLOR: '1' } })).out).not.toContain(
      '\u001b',
    );
  });

  it.each([60, 120])('fits its table into %i columns, aligned', async (columns) => {
    const session = createCliSession();
    const [first] = session.standIn.runs;
    if (first)
      first.name =
        'A very long name 日本語 that goes on and on, 👩‍💻 past the edge of any terminal there is, truly';
    const { out } = await session.run(['run', 'list', '--no-color'], { columns });
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    const [head = '', ...rows] = lines;
    const at = head.indexOf('NAME');
    const before = (row: string, name: string): number => displayWidth(row.slice(0, row.indexOf(name)));
    expect(rows.map((row) => before(row, row.includes('A very') ? 'A very' : 'Work 12'))).toEqual([at, at]);
    expect(out).toContain('…');
    const piped = (await session.run(['run', 'list'])).out;
    expect(piped).toContain('truly');
  });

  it('shows hostile text as text', async () => {
    const session = createCliSession();
    const [first] = session.standIn.runs;
    if (first) first.name = 'a\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007\u001b[2J\u202eb\rc';
    const { out } = await session.run(['run', 'list', '--no-color'], { columns: 120 });
    expect(out).not.toMatch(/[\u001b\r\u0007\u202e]|evil/u);
    expect(out).toContain('alinkb c');
  });

  it('follows a run live and ends with its outcome', async () => {
    for (const [status, code] of [
      ['completed', 0],
      ['review', 0],
      ['failed', 1],
      ['stopped', 1],
    ] as const) {
      const session = createCliSession();
      const [run] = session.standIn.runs;
      if (!run) throw new Error('no run');
      session.standIn.addRunEvent(run.id, 'message', { step: 1, text: 'before' });
      const watching = session.run(['run', 'watch', '7']);
      while (session.standIn.listeners() === 0) await new Promise((resolve) => setImmediate(resolve));
      session.standIn.addRunEvent(run.id, 'message', { step: 1, text: 'live' });
      session.standIn.setStatus(run.id, status);
      const { out, code: exit } = await watching;
      expect(exit, status).toBe(code);
      expect(out).toMatch(/before[\s\S]*live/u);
      expect(out.match(/live/gu)).toHaveLength(1);
      expect(session.standIn.listeners()).toBe(0);
    }
  });

  it('serves, opens and shows the token through its host', async () => {
    const asked: unknown[] = [];
    const session = createCliSession({
      serve: (request) => {
        asked.push({
          port: request.port,
          host: request.host,
          openBrowser: request.openBrowser,
          allowedHosts: request.allowedHosts,
        });
        request.announce({ url: 'http://127.0.0.1:7717/?token=x', port: 7717, dataDir: '/d', damaged: null });
        return Promise.resolve(ok(undefined));
      },
    });
    const served = await session.run(['serve', '--port', '8080', '--no-open', '--json']);
    expect(JSON.parse(served.out)).toEqual({
      url: 'http://127.0.0.1:7717/?token=x',
      damaged: null,
      port: 7717,
      dataDir: '/d',
    });
    expect(asked).toEqual([{ port: 8080, host: undefined, openBrowser: false, allowedHosts: [] }]);
    expect((await session.run(['token'])).out).toBe('the-token\n');
    const open = await session.run(['open']);
    expect([open.code, open.err.includes('homer serve')]).toEqual([69, true]);
  });
});
