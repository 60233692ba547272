import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSystemClock } from '../../shared/clock.ts';
import { createSilentLog } from '../../shared/log.ts';
import { unwrap } from '../../shared/result.ts';
import { createClaudeExecutor } from '../claude/claude-executor.ts';
import { createDeclaredExecutor } from '../declared/declared-executor.ts';
import { readForm } from '../declared/read-form.ts';
import { createGeminiExecutor } from '../gemini/gemini-executor.ts';
import { createExecutorRegistry } from '../registry.ts';
import { createShellExecutor } from '../shell/shell-executor.ts';
import { createCollector, createTestRoom, until } from '../testing/test-room.ts';
import { createLocalRunner, GRACE_MS } from './local-runner.ts';

/** Stops a program that ends in order after `neededMs`; tells whether it came to that. */
async function endsInOrder(neededMs: number, graceMs: number | undefined): Promise<boolean> {
  const room = createTestRoom();
  const shell = createShellExecutor();
  const executor = graceMs === undefined ? shell : { ...shell, graceMs };
  const runner = createLocalRunner({
    clock: createSystemClock(),
    scope: room.scope,
    log: createSilentLog(),
    spoolRoot: join(room.worktree, 'spool'),
    executors: createExecutorRegistry([executor]),
    env: process.env,
  });
  writeFileSync(
    join(room.worktree, 'work.sh'),
    `trap 'sleep ${String(neededMs / 1_000)}; touch saved; exit 0' TERM\ntouch up\nsleep 60 & wait\n`,
  );
  const turn = unwrap(await runner.start(room.order('exec sh work.sh'), createCollector()));
  await until(() => existsSync(join(room.worktree, 'up')));
  await turn.end('cancelled');
  const saved = existsSync(join(room.worktree, 'saved'));
  await room.dispose();
  return saved;
}

it('gives a program that is stopped the time it says it needs, and no program more', async () => {
  expect(await endsInOrder(GRACE_MS + 400, GRACE_MS + 1_800)).toBe(true);
  expect(await endsInOrder(GRACE_MS + 1_200, undefined)).toBe(false);
});

it('gives Claude Code and Gemini CLI twice what they take with a tool at work, and a program with a form what that says', () => {
  expect(createClaudeExecutor({ env: {} }).graceMs).toBe(3_000);
  expect(createGeminiExecutor({ env: {} }).graceMs).toBe(3_000);
  const form = join(import.meta.dirname, '../declared/qwen.json');
  const qwen = createDeclaredExecutor(unwrap(readForm('qwen.json', readFileSync(form, 'utf8'))), {});
  expect(qwen.graceMs).toBe(2_000);
});
