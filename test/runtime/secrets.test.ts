import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createFileLog } from '../../main/boot/file-log.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { tokenShapes } from '../stream/token-shapes.ts';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
afterEach(() => room.dispose());

/** Every file below `folder` whose bytes hold one of `words`. */
function holding(folder: string, words: readonly string[], skip: (path: string) => boolean): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !skip(path))
    .flatMap((path) => {
      const bytes = readFileSync(path);
      return words.filter((word) => bytes.includes(word)).map((word) => `${path}: ${word.slice(0, 6)}`);
    });
}

test('of fifty kinds of token that an agent prints in pieces, none is in database, journal, log or backup', async () => {
  const tokens = tokenShapes();
  expect(new Set(tokens).size).toBeGreaterThanOrEqual(50);
  const logs = mkdtempSync(join(tmpdir(), 'homer logs '));
  const log = createFileLog({ dataDir: logs, clock: createSystemClock(), minimum: 'debug' });
  room = await createRuntimeRoom({ log });
  const script = room.file('leak.mjs');
  // Each token is cut by the reads of the host, and stands in plain output, in complaints, in each structured event and in the last words.
  writeFileSync(
    script,
    `const tokens = ${JSON.stringify(tokens)};
     const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
     for (const [at, token] of tokens.entries()) {
       const middle = 2 + ((at * 7) % (token.length - 4));
       process.stdout.write('key ' + token.slice(0, middle));
       if (at % 10 === 0) await pause(60);
       process.stdout.write(token.slice(middle) + ' end\\n');
       process.stderr.write('\\u001b[31m' + token.slice(0, middle) + '\\u001b[0m' + token.slice(middle) + '\\n');
       for (const event of [
         { homer: 'message', text: 'I use ' + token },
         { homer: 'reasoning', text: token },
         { homer: 'tool_call', id: token, tool: 'curl', input: { header: ['Bearer ' + token], [token]: 1 } },
         { homer: 'tool_result', id: '1', ok: false, output: 'denied: ' + token },
       ]) console.log(JSON.stringify(event));
     }
     console.log('TASK_STATE: BLOCKED: is ' + tokens.join(' or ') + ' right?');`,
  );
  const id = await room.run(`'${process.execPath}' '${script}'`);
  await room.reaches(id, 'blocked');
  const events = await room.events(id);
  expect(JSON.stringify(events)).toContain('[redacted]');
  await room.did('backup.create', {});
  const found = holding(room.dataDir, tokens, (path) => path.includes('/spool/'));
  expect(found).toEqual([]);
  expect(holding(logs, tokens, () => false)).toEqual([]);
  // The search would find them: the raw output has them all.
  expect(holding(join(room.dataDir, 'spool'), tokens, () => false).length).toBeGreaterThanOrEqual(
    tokens.length,
  );
  rmSync(logs, { recursive: true });
}, 40_000);

test('a token in the commands of the owner is in no timeline', async () => {
  const [token = ''] = tokenShapes();
  room = await createRuntimeRoom({ testCommand: `true ${token}`, setupCommand: `true ${token}` });
  const id = await room.run(`true ${token}; echo x > note.txt; echo TASK_STATE: DONE`);
  const { run } = await room.reaches(id, 'review');
  const events = await room.events(id);
  const shown = events.flatMap(({ type, payload }) =>
    type === 'child_started'
      ? [payload['program']]
      : /^(?:setup|test)_/u.test(type)
        ? [payload['command']]
        : [],
  );
  expect(shown).toHaveLength(7);
  expect(shown.filter((command) => !String(command).startsWith('true [redacted]'))).toEqual([]);
  expect(JSON.stringify([events, run.testBefore, run.testAfter])).not.toContain(token);
});
