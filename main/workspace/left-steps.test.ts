import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { untilStepsEnd } from './left-steps.ts';
import { STEPS_VARIABLE } from './step-shell.ts';
import { createTestRepository, type TestRepository } from './test-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createTestRepository();
});
afterEach(() => repository.dispose());

it.runIf(process.platform === 'linux')(
  'waits for what a killed host had begun, and for nothing of a host that lives',
  async () => {
    const gone = spawnSync('/bin/true').pid;
    const made = join(repository.folder, 'made');
    const work = (host: number, script: string) =>
      spawn('/bin/sh', ['-c', script], { env: { [STEPS_VARIABLE]: String(host) }, stdio: 'ignore' });
    const own = [process.pid, process.ppid].map((host) => work(host, 'exec /bin/sleep 20'));
    work(gone, `/bin/sleep 0.3; echo through >'${made}'`);
    await untilStepsEnd(repository.git);
    expect(readFileSync(made, 'utf8')).toBe('through\n');
    expect(own.map(({ exitCode }) => exitCode)).toEqual([null, null]);
    for (const child of own) child.kill();
  },
);
