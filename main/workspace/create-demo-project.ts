import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ok, type Result } from '../shared/result.ts';
import { demoAgent, demoFiles } from './demo-files.ts';
import type { Git } from './git.ts';
import { HOMER } from './identity.ts';

export interface DemoProject {
  readonly path: string;
  readonly shellCommand: string;
  readonly executorLabel: string;
  readonly testCommand: string;
}

/**
 * Makes the demo project, or finds the one made before: a small repository whose tests fail for a real reason, with a real TODO,
 * and beside it, outside the repository, the scripted agent that plays the part of a model.
 */
export async function createDemoProject(git: Git, input: { folder: string }): Promise<Result<DemoProject>> {
  const path = join(input.folder, 'demo-shop');
  const agent = join(input.folder, 'agent.mjs');
  const demo: DemoProject = {
    path,
    shellCommand: `node '${agent.replaceAll("'", String.raw`'\''`)}'`,
    executorLabel: 'scripted demo agent (no model)',
    testCommand: 'node --test',
  };
  await mkdir(path, { recursive: true });
  await writeFile(agent, demoAgent);
  const made = await stat(join(path, '.git', 'refs', 'heads', 'main')).then(
    () => true,
    () => false,
  );
  if (made) return ok(demo);
  for (const [name, text] of Object.entries(demoFiles)) {
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const place = { folder: path };
  for (const args of [
    ['init', '-b', 'main'],
    ['add', '--all'],
    [
      '-c',
      `user.name=${HOMER.name}`,
      '-c',
      `user.email=${HOMER.email}`,
      'commit',
      '--message',
      'A small shop with one bug and one thing to do',
    ],
  ]) {
    const done = await git.run(place, args);
    if (!done.ok) return done;
  }
  return ok(demo);
}
