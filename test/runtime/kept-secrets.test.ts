import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exportData } from '../../main/boot/export-import.ts';
import { createFileLog } from '../../main/boot/file-log.ts';
import { findInstallation } from '../../main/boot/folders.ts';
import { startRuntime } from '../../main/boot/start-runtime.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';

let dataDir: string;
const scope = createScope('kept secrets');
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'homer-kept-'));
});
afterEach(async () => {
  await scope.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const chance = (
  length: number,
  letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789',
): string =>
  Array.from({ length }, () => letters.charAt(Math.floor(Math.random() * letters.length))).join('');
const hex = (length: number): string => chance(length, '0123456789abcdef');
/** Ten kinds with a known look and fifteen without, which no redaction would know. Two of each. */
const shapes: (() => string)[] = [
  () => `ghp_${chance(36)}`,
  () => `github_pat_${chance(22)}_${chance(59)}`,
  () => `sk-ant-api03-${chance(40)}-${chance(40)}AA`,
  () => `sk-proj-${chance(64)}`,
  () => `xoxb-123456789012-${chance(24)}`,
  () => `AKIA${chance(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
  () => `glpat-${chance(20)}`,
  () => `npm_${chance(36)}`,
  () => `1234567890:AA${chance(33)}`,
  () => `eyJhbGciOiJIUzI1NiJ9.${chance(40)}.${chance(43)}`,
  () => hex(32),
  () => hex(40),
  () => hex(64),
  () => chance(12),
  () => chance(24),
  () => chance(1_000),
  () => `${chance(8)}-${chance(4)}-${chance(4)}-${chance(12)}`,
  () => Buffer.from(chance(30)).toString('base64'),
  () => `correct ${chance(6)} battery ${chance(6)}`,
  () => `pä$$ ${chance(10)} ✓`,
  () => `${chance(10)}\n${chance(10)}\n`,
  () => `{"token":"${chance(20)}"}`,
  () => `-----BEGIN PRIVATE KEY-----\n${chance(64)}\n${chance(64)}\n-----END PRIVATE KEY-----`,
  () => `https://me:${chance(14)}@example.org`,
  () => `'; DROP TABLE goal; -- ${chance(12)}`,
];

function everyFile(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

it('keeps fifty values out of database, write-ahead log, log, backup, export, its own files and every answer', async () => {
  const clock = createSystemClock();
  const log = createFileLog({ dataDir, clock, minimum: 'debug' });
  const runtime = unwrap(
    await startRuntime({
      host: 'headless',
      version: '0.0.0',
      dataDir,
      installation: findInstallation(),
      env: {},
      clock,
      log,
      scope,
    }),
  );
  const actor = { name: 'owner', channel: 'api' } as const;
  const answers: unknown[] = [];
  const call = async (name: string, input: unknown): Promise<boolean> => {
    const reply = await runtime.dispatch(name, input, { actor });
    answers.push(reply);
    return reply.ok;
  };

  const values = [...shapes, ...shapes].map((make) => make());
  for (const [index, value] of values.entries())
    expect(await call('secret.set', { name: `kept/${String(index)}`, value })).toBe(true);
  // What is refused must not be repeated either.
  const refused = values.map((value) => `${value}${chance(5)}`);
  for (const value of refused) {
    expect(await call('secret.set', { name: '../no', value })).toBe(false);
    expect(await call('secret.set', { name: 'kept/0', value: [value] })).toBe(false);
    expect(await call('secret.delete', { name: 'absent', value })).toBe(false);
  }
  await call('secret.set', { name: 'kept/1', value: `${refused[1] ?? ''}${'x'.repeat(70_000)}` });
  for (const name of [
    'secret.list',
    'secret.status',
    'doctor.run',
    'overview.get',
    'backup.create',
    'event.list',
  ])
    await call(name, {});
  expect(await call('goal.create', { title: 'So that the log has something to say' })).toBe(true);
  const exported = join(dataDir, 'all.jsonl');
  unwrap(await exportData({ dataDir, to: { file: exported } }));

  const files = everyFile(dataDir);
  for (const part of ['homer.sqlite', 'homer.sqlite-wal', join('logs', 'homer.log'), 'all.jsonl', 'backups'])
    expect(files.some((file) => file.includes(part))).toBe(true);
  const forms = [...values, ...refused].flatMap((value) => [
    value,
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value).toString('base64').replace(/=+$/u, ''),
    Buffer.from(value).toString('hex'),
  ]);
  const places = [
    ...files.map((file) => [file, readFileSync(file).toString('latin1')] as const),
    ['answers', JSON.stringify(answers)] as const,
  ];
  const found = places.flatMap(([place, text]) =>
    forms.filter((form) => text.includes(Buffer.from(form).toString('latin1'))).map(() => place),
  );
  expect(found).toEqual([]);
  expect(files.filter((file) => file.includes(join('secrets', ''))).length).toBe(51);
});
