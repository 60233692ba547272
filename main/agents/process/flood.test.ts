import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestRoom } from '../testing/test-room.ts';

const room = createTestRoom();
afterAll(() => room.dispose());

function flood(command: string): Record<string, number | string> {
  const script = join(import.meta.dirname, '../testing/flood-host.ts');
  return JSON.parse(
    execFileSync(process.execPath, [script, join(room.folder, 'spool'), room.worktree, command], {
      encoding: 'utf8',
    }),
  );
}

describe('a child that prints without end', () => {
  it('costs megabytes, not its output: 200 MB of lines', () => {
    const line = 'x'.repeat(289);
    const cost = flood(`yes ${line} | head -c 200000000; echo; echo "TASK_STATE: DONE"`);
    expect(cost).toMatchObject({ class: 'ok', taskState: 'done' });
    // What the timeline keeps of it is bounded: 16 MiB whole, then a sample.
    expect(cost['characters']).toBeGreaterThan(16_000_000);
    expect(cost['characters']).toBeLessThan(18_000_000);
    expect(cost['peakMb'] as number).toBeLessThan((cost['baseMb'] as number) + 110);
    expect(cost['loopP99Ms']).toBeLessThan(25 + 2 * (cost['busyP99Ms'] as number));
  });

  it('may print one line of 64 MB: its start is kept and the rest counted', () => {
    const cost = flood(`head -c 64000000 /dev/zero | tr '\\0' y; echo; echo "TASK_STATE: DONE"`);
    expect(cost).toMatchObject({ class: 'ok', taskState: 'done' });
    expect(cost['characters']).toBeLessThan(70_000);
    expect(cost['peakMb'] as number).toBeLessThan((cost['baseMb'] as number) + 60);
  });
});
