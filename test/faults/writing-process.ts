// A process that opens the store and writes proposals one by one: `writing-process.ts FOLDER HOW-MANY`. It says `acked TITLE` only once
// a write has returned, `refused TAG` when it has failed, and goes on with the next. Faults are injected into it from outside.
import { addProposal, openAt } from '../../main/store/testing/test-store.ts';
import { createScope } from '../../main/shared/scope.ts';
import { writeSync } from 'node:fs';

const [folder = '', howMany = '0'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);
const scope = createScope('writing process');
say('opening');
const opened = await openAt(folder, scope);
if (!opened.ok) say(`refused ${opened.error.tag}`);
else {
  say('open');
  for (let count = 0; count < Number(howMany); count += 1) {
    const title = `${String(process.pid)}-${String(count)}`;
    const done = opened.value.tryWrite((write) =>
      addProposal(write, { title, fingerprint: title, content: 'x'.repeat(3_000) }),
    );
    say(done.ok ? `acked ${title}` : `refused ${done.error.tag}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
try {
  await scope.close();
} catch (error) {
  say(`closing ${String((error as { code?: unknown }).code)}`);
}
say('end');
