import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What goes wrong on a first day, through the real command line and the real host: one sentence with what to do, the right code.
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'homer-bad-'));
const data = join(folder, 'data');
const UNKNOWN = '01901012-0000-7000-8000-0000000003f4';

interface Answer {
  code: number | null;
  out: string;
  err: string;
}
interface Refused {
  ok: false;
  error: { tag: string; message: string; hint?: string };
}

function start(args: readonly string[], env: Record<string, string> = {}): ReturnType<typeof spawn> {
  return spawn(process.execPath, [join(root, 'main/homer.ts'), ...args], {
    cwd: folder,
    env: { ...process.env, HOMER_DATA: data, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function homer(...args: string[]): Promise<Answer> {
  const child = start(args);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
}

async function json<T>(...args: string[]): Promise<T> {
  const { out } = await homer(...args, '--json');
  return JSON.parse(out) as T;
}

let host: ReturnType<typeof spawn>;
let port = 0;
let token = '';
let hostEnded: Promise<number | null>;
let proposal = '';

function http(
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Refused }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) as Refused });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Whether a process still runs; one that has ended and waits to be collected does not. */
function lives(pid: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

function git(cwd: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=Owner', '-c', 'user.email=owner@example.org', ...args], {
    cwd,
    stdio: 'ignore',
  });
}

beforeAll(async () => {
  for (const name of ['plain', 'empty', 'Größe mit Leerzeichen']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'file'), 'x');
  git(folder, 'init', '-q', '--bare', 'bare.git');
  git(join(folder, 'empty'), 'init', '-q');
  const odd = join(folder, 'Größe mit Leerzeichen');
  git(odd, 'init', '-q');
  writeFileSync(join(odd, 'a.txt'), 'one\n');
  git(odd, 'add', '-A');
  git(odd, 'commit', '-q', '-m', 'One');
  writeFileSync(join(odd, 'a.txt'), 'not committed\n');

  host = start(['serve', '--port', '0', '--no-open', '--json']);
  hostEnded = new Promise((resolve) => host.on('close', resolve));
  port = await new Promise<number>((resolve, reject) => {
    let text = '';
    host.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('}')) resolve((JSON.parse(text) as { port: number }).port);
    });
    host.on('close', () => {
      reject(new Error('the host ended early'));
    });
  });
  token = readFileSync(join(data, 'api-token'), 'utf8').trim();
  await homer('project', 'add', odd, '--name', 'odd');
  const made = await json<{ proposal: { id: string } }>('proposal', 'add', 'Try it', '--project', 'odd');
  proposal = made.proposal.id;
}, 60_000);

afterAll(async () => {
  if (host.exitCode === null) host.kill('SIGKILL');
  await hostEnded;
  rmSync(folder, { recursive: true, force: true });
});

describe('bad input', () => {
  it.each([
    ['plain', 'not in a git repository', 'git init'],
    ['bare.git', 'bare repository', 'Clone it'],
    ['empty', 'no commit yet', 'git commit'],
    ['nowhere', 'There is nothing at', 'spelling'],
    ['file', 'is a file, not a folder', 'Choose the folder'],
  ])('refuses to add %s, says why and what to do, and adds nothing', async (name, why, what) => {
    const path = join(folder, name);
    const typed = await homer('project', 'add', path);
    expect(typed).toMatchObject({ code: 1, out: '' });
    expect(typed.err).toContain(why);
    expect(typed.err).toContain(what);
    const sent = await http('POST', '/projects', JSON.stringify({ path }));
    expect(sent.status).toBe(422);
    expect(sent.body.error.message).toContain(why);
    expect(sent.body.error.hint).toContain(what);
    expect(await json<unknown[]>('project', 'list')).toHaveLength(1);
  });

  it('takes a path with spaces and letters of any language, and says that the tree is dirty', async () => {
    const seen = await json<{ name: string; dirty: boolean; warnings: string[] }>(
      'project',
      'inspect',
      'Größe mit Leerzeichen',
    );
    expect(seen).toMatchObject({ name: 'Größe mit Leerzeichen', dirty: true });
    expect(seen.warnings.join(' ')).toContain('uncommitted changes');
  });

  it('refuses a check without a test command, and ends one that hangs with everything it started', async () => {
    const none = await homer('project', 'check-tests', 'odd');
    expect(none).toMatchObject({ code: 1 });
    expect(none.err).toContain('no test command');
    const pids = join(folder, 'pids');
    const hangs = `sleep 900 & echo $! > '${pids}'; wait`;
    await homer('project', 'update', 'odd', '--test-command', hangs, '--test-timeout', '1');
    const hung = await homer('project', 'check-tests', 'odd');
    expect(hung.code).toBe(1);
    expect(hung.out).toContain('time limit of 1 s');
    expect(lives(readFileSync(pids, 'utf8').trim())).toBe(false);
  });

  it('refuses a second instance and a port in use', async () => {
    const second = await homer('serve', '--port', '0', '--no-open');
    expect(second).toMatchObject({ code: 69, out: '' });
    expect(second.err).toContain('running already');
    const taken = await homer(
      'serve',
      '--no-open',
      '--port',
      String(port),
      '--data',
      join(folder, 'other-data'),
    );
    expect(taken.code).toBe(69);
    expect(taken.err).toContain(`Port ${String(port)} is in use`);
    expect(taken.err).toContain('--port');
  });

  it('refuses a data folder it cannot use', async () => {
    const { code, err } = await homer('status', '--data', join(folder, 'file'));
    expect(code).toBe(69);
    expect(err).toContain('Make the folder writable');
  });

  it('refuses metadata and bodies that are not JSON, and makes no run', async () => {
    for (const metadata of ['{', '[1]']) {
      const typed = await homer('run', 'create', 'x', '--project', 'odd', '--metadata', metadata);
      expect(typed).toMatchObject({ code: 2, out: '' });
      expect(typed.err).toContain('ticket');
    }
    const sent = await http('POST', '/runs', '{');
    expect(sent.status).toBe(400);
    expect(sent.body.error).toMatchObject({ tag: 'invalid_input', hint: expect.any(String) as string });
    const shape = await http('POST', '/runs', '{"projectId":"zzz"}');
    expect(shape.status).toBe(400);
    expect(shape.body.error.message).toMatch(/projectId: .*query: /u);
    expect((await json<{ rows: unknown[] }>('run', 'list')).rows).toHaveLength(0);
  });

  it('does not find an unknown id', async () => {
    expect((await homer('run', 'show', '999')).code).toBe(66);
    expect((await homer('run', 'show', UNKNOWN)).code).toBe(66);
    expect((await homer('proposal', 'show', 'P-99')).err).toContain('homer proposal list');
    const sent = await http('GET', `/runs/${UNKNOWN}`);
    expect(sent.status).toBe(404);
    expect(sent.body.error.hint).toContain('List what there is');
  });

  it('refuses a decision on a version that is not the newest, and decides nothing', async () => {
    const stale = JSON.stringify({ id: proposal, version: 99, action: 'skip' });
    const typed = await homer('call', 'proposal.decide', stale, '--json');
    expect(typed).toMatchObject({ code: 75, out: '' });
    expect((JSON.parse(typed.err) as Refused).error.tag).toBe('stale_version');
    const sent = await http(
      'POST',
      `/proposals/${proposal}/decide`,
      JSON.stringify({ version: 99, action: 'skip' }),
    );
    expect(sent.status).toBe(409);
    const { proposal: now } = await json<{ proposal: { stage: string } }>('proposal', 'show', proposal);
    expect(now.stage).toBe('idea');
  });

  it.each([
    ['no token', { Authorization: '' }, 401, 'unauthorised'],
    ['a foreign Origin', { Origin: 'https://evil.example' }, 403, 'forbidden_origin'],
    ['a foreign Host', { Host: 'evil.example' }, 403, 'forbidden_host'],
    ['another content type', { 'Content-Type': 'text/plain' }, 415, 'unsupported_media_type'],
  ])('refuses a request with %s', async (_what, headers, status, tag) => {
    const sent = await http('POST', '/worker/process', '{}', headers);
    expect(sent.status).toBe(status);
    expect(sent.body.error).toMatchObject({ tag, hint: expect.any(String) as string });
  });

  it('ends on Ctrl-C within two seconds and leaves no lock behind', async () => {
    const began = performance.now();
    host.kill('SIGINT');
    await hostEnded;
    expect(performance.now() - began).toBeLessThan(2_000);
    expect((await homer('status')).code).toBe(0);
  });
});
