import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

const AGENT = new URL('../fakes/agent/asking-agent.ts', import.meta.url).pathname;
let folder: string;
let room: RuntimeRoom;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'homer-asks-'));
  const program = join(folder, 'claude');
  writeFileSync(
    program,
    `#!/bin/sh\nexec '${process.execPath}' --disable-warning=ExperimentalWarning '${AGENT}' "$@"\n`,
  );
  chmodSync(program, 0o755);
  room = await createRuntimeRoom({ env: { HOMER_CLAUDE_PATH: program } });
}, 30_000);
afterEach(async () => {
  await room.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const socket = (): string => join(room.dataDir, 'agents.sock');
const bash = (command: string): string =>
  `MCP permission ${JSON.stringify({ tool_name: 'Bash', input: { command }, tool_use_id: 't1' })}`;

async function begin(...lines: string[]): Promise<string> {
  const { run } = await room.did('run.create', {
    projectId: room.projectId,
    query: ['Work', ...lines].join('\n'),
    executor: 'claude',
    runType: 'task',
  });
  if (run.status === 'draft') await room.did('run.approve', { id: run.id, version: run.version });
  return run.id;
}
async function answersOf(id: string): Promise<string> {
  const { run } = await room.did('run.get', { id });
  return run.headCommit === null ? '' : room.git('show', `${run.headCommit}:answers.txt`);
}
async function openAsk(): Promise<{ id: string; runId: string }> {
  let found: { id: string; runId: string } | undefined;
  await room.until(async () => {
    found = (await room.did('permission.list', {})).find(({ status }) => status === 'open');
    return found !== undefined;
  });
  return found ?? { id: '', runId: '' };
}

describe('the tools of an agent at work', () => {
  it('proposes an idea once, reads its run and goals, and closes the door behind it', async () => {
    const idea = `MCP propose_idea ${JSON.stringify({ title: 'Split the parser', summary: 'It is long.', where: 'parser.ts:3' })}`;
    const id = await begin(
      idea,
      idea,
      'MCP get_run_context {}',
      'MCP get_goals {}',
      'MCP report_progress {"text":"Half done"}',
      'LIST TOOLS',
    );
    await room.reaches(id, 'review');
    const answers = await answersOf(id);
    expect(answers).toContain('propose_idea: Proposed.');
    expect(answers).toContain('propose_idea: This was proposed before');
    expect(answers).toContain('"task"');
    const ideas = (await room.did('inbox.list', {})).items.filter(({ kind }) => kind === 'idea');
    expect(ideas.map(({ title }) => title)).toEqual(['Split the parser']);
    const events = await room.events(id);
    expect(events.map(({ payload }) => payload['text'])).toContain('Progress: Half done');
    expect(answers).toContain('propose_idea ask_owner report_progress get_goals get_run_context permission');
    await room.until(() => !existsSync(socket()));
  });

  it('asks its owner, waits blocked, and has the answer in the same turn', async () => {
    const id = await begin('MCP ask_owner {"question":"Which colour?"}');
    const blocked = await room.reaches(id, 'blocked');
    expect(blocked.run.question).toBe('Which colour?');
    expect(room.alive(id).length).toBeGreaterThan(0);
    await room.did('run.answer', { id, version: blocked.run.version, text: 'Blue' });
    const { run } = await room.reaches(id, 'review');
    expect(await answersOf(id)).toContain('ask_owner: Blue');
    expect(run.step).toBe(1);
    const second = await room.call('run.answer', { id, version: blocked.run.version, text: 'Red' });
    expect(second.ok).toBe(false);
  });

  it('gives the answer to the next turn when the agent did not wait for it', async () => {
    const id = await begin('MCP ask_owner {"question":"Which colour?"} MISTRUST');
    await room.reaches(id, 'blocked');
    // Gone for the host too: it may not have heard yet of a process that has just ended.
    await room.until(async () => (await room.events(id)).some(({ type }) => type === 'child_ended'));
    const { run } = await room.reaches(id, 'blocked');
    expect(room.alive(id)).toEqual([]);
    expect(run.question).toBe('Which colour?');
    await room.did('run.answer', { id, version: run.version, text: 'Green' });
    await room.reaches(id, 'review');
    expect(await answersOf(id)).toContain('read: The answer: Green');
  });
});

describe('a permission', () => {
  it('parks the run, waits in the inbox, and lets the agent go on once it is allowed', async () => {
    const id = await begin(bash('npm publish'));
    const { run } = await room.reaches(id, 'blocked');
    const { items } = await room.did('inbox.list', {});
    expect(items[0]).toMatchObject({ kind: 'permission', entityId: id, blocking: true, openFirst: true });
    const [asked] = await room.did('permission.list', {});
    expect(asked).toMatchObject({ tool: 'Bash', text: 'npm publish', risk: 'high', status: 'open' });
    const press = { key: `run:${id}`, version: run.version, kind: 'permission', action: 'allow' } as const;
    const [first, second] = await Promise.all([
      room.call('inbox.decide', press),
      room.call('permission.decide', { id: asked?.id ?? '', choice: 'deny' }),
    ]);
    expect([first.ok, second.ok]).toEqual([true, false]);
    await room.reaches(id, 'review');
    expect(await answersOf(id)).toContain(
      'permission: {"behavior":"allow","updatedInput":{"command":"npm publish"}}',
    );
  });

  it('is denied with the words of the owner, and to nobody twice', async () => {
    const id = await begin(bash('npm publish'), bash('npm publish'));
    const first = await openAsk();
    await room.did('permission.decide', { id: first.id, choice: 'deny', note: 'Not today.' });
    await room.until(async () => (await openAsk()).id !== first.id);
    await room.did('permission.decide', { id: (await openAsk()).id, choice: 'deny' });
    await room.reaches(id, 'review');
    expect(await answersOf(id)).toContain('"message":"The owner denied this. Not today."');
  });

  it('is not asked for where the path policy says no', async () => {
    const id = await begin(
      `MCP permission ${JSON.stringify({ tool_name: 'Write', input: { file_path: '.env', content: 'x' } })}`,
    );
    await room.reaches(id, 'review');
    expect(await answersOf(id)).toContain('The path policy of the project denies .env');
    expect(await room.did('permission.list', {})).toEqual([]);
  });

  it('holds for the intent until it is revoked, and each use is told', async () => {
    const id = await begin(bash('make it'), bash('make it'));
    const asked = await openAsk();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect((await room.call('permission.decide', { id: asked.id, choice: 'deny', until })).ok).toBe(false);
    await room.did('permission.decide', { id: asked.id, choice: 'allow_intent', until });
    const { run } = await room.reaches(id, 'review');
    const [grant] = await room.did('grant.list', {});
    expect(grant).toMatchObject({
      tool: 'Bash',
      text: 'make it',
      uses: 1,
      expiresAt: until,
      runId: id,
      runNumber: run.number,
      projectName: run.projectName,
    });
    const told = (await room.events(id)).filter(({ type }) => type === 'permission');
    expect(told.map(({ payload }) => payload['outcome'])).toEqual(['asked', 'allowed', 'granted']);
    const which = { id: grant?.id ?? '' };
    await room.did('grant.revoke', which);
    expect(await room.did('grant.list', {})).toEqual([]);
    expect((await room.call('grant.revoke', which)).ok).toBe(false);
    await room.did('grant.restore', which);
    expect(await room.did('grant.list', {})).toEqual([grant]);
    expect((await room.call('grant.restore', which)).ok).toBe(false);
  });

  it('survives a restart of the host while the agent waits, and is decided once', async () => {
    const id = await begin(bash('make it'));
    const asked = await openAsk();
    const [pid] = room.alive(id);
    await room.stop();
    await room.start();
    expect(room.alive(id)).toContain(pid);
    await room.until(() => existsSync(socket()));
    await room.reaches(id, 'blocked');
    await room.did('permission.decide', { id: asked.id, choice: 'allow' });
    const { run } = await room.reaches(id, 'review');
    expect(run.step).toBe(1);
    const answers = await answersOf(id);
    expect(answers.match(/"behavior":"allow"/gu)).toHaveLength(1);
  }, 40_000);

  it('is denied at once where the owner wants nothing to be asked', async () => {
    await room.did('flag.set', { key: 'agents.permission_minutes', value: '0' });
    const refused = await begin(bash('make it'));
    await room.reaches(refused, 'review');
    expect(await answersOf(refused)).toContain('nothing is asked');
  });

  it('is withdrawn when the owner stops the run, and its agent is gone', async () => {
    const id = await begin(bash('make it'));
    const asked = await openAsk();
    await room.did('run.stop', { id });
    await room.reaches(id, 'stopped');
    expect(room.alive(id)).toEqual([]);
    expect((await room.did('permission.list', {}))[0]?.status).toBe('withdrawn');
    expect((await room.call('permission.decide', { id: asked.id, choice: 'allow' })).ok).toBe(false);
  });
});

it('keeps the token out of every command line, and only its digest in the database', async () => {
  const id = await begin('MCP ask_owner {"question":"Now?"}');
  await room.reaches(id, 'blocked');
  const lines = room.alive(id).map((pid) => readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8'));
  const tokens = room
    .alive(id)
    .flatMap(
      (pid) =>
        /HOMER_MCP_TOKEN=([\w-]+)/u.exec(readFileSync(`/proc/${String(pid)}/environ`, 'utf8'))?.[1] ?? [],
    );
  expect(tokens.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).not.toContain(tokens[0]);
  expect(readFileSync(join(room.dataDir, 'homer.sqlite'), 'latin1')).not.toContain(tokens[0]);
  await room.did('run.stop', { id });
});
