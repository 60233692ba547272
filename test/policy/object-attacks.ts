import { deflateSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import type { Attack, Scene } from './attack.ts';
import { act, put } from './make-attack.ts';

/** Puts another content under the id of an object, which git does not check when it reads a loose one. */
function forge(scene: Scene, id: string, content: Buffer): void {
  const file = join(scene.dotGit, 'objects', id.slice(0, 2), id.slice(2));
  fs.rmSync(file, { force: true });
  fs.mkdirSync(dirname(file), { recursive: true });
  fs.writeFileSync(file, deflateSync(content));
}
const treeObject = (entries: readonly [mode: string, name: string, id: string][]): Buffer => {
  const body = Buffer.concat(
    entries.map(([mode, name, id]) =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]),
    ),
  );
  return Buffer.concat([Buffer.from(`tree ${String(body.length)}\0`), body]);
};

/** Contents put under the id of others in the shared store of objects. */
export const objectAttacks: readonly Attack[] = [
  {
    group: 'forged objects',
    name: 'the tree that the checkpoint will write',
    does: act((scene) => {
      const { git, root } = scene;
      put(root, 'new.txt');
      const blob = git(['hash-object', '-w', 'new.txt']);
      git(['add', 'new.txt']);
      const tree = git(['write-tree']);
      const entries = git(['ls-tree', tree])
        .split('\n')
        .map((line): [string, string, string] => {
          const [mode = '', , id = '', name = ''] = line.split(/[ \t]/u);
          return [mode.replace(/^0/u, ''), name, id];
        });
      const all: [string, string, string][] = [['100644', '.env', blob], ...entries];
      forge(scene, tree, treeObject(all));
    }),
    outcome: { stopped: /changed_meanwhile|git_failed/u },
  },
  {
    group: 'forged objects',
    name: 'the tree of a folder that the checkpoint will write',
    does: act((scene) => {
      const { git, root } = scene;
      put(root, 'dir/new.txt');
      git(['add', 'dir']);
      const blob = git(['rev-parse', ':dir/new.txt']);
      const tree = git(['rev-parse', `${git(['write-tree'])}:dir`]);
      forge(
        scene,
        tree,
        treeObject([
          ['120000', 'link', blob],
          ['100644', 'new.txt', blob],
        ]),
      );
    }),
    outcome: { stopped: /changed_meanwhile|git_failed/u },
  },
  {
    group: 'forged objects',
    name: 'the content of a link that the checkpoint will write',
    does: act((scene) => {
      const text = 'README.md';
      fs.symlinkSync(text, join(scene.root, 'link'));
      const bytes = Buffer.from(`blob ${String(text.length)}\0${text}`);
      const evil = join(scene.outside, 'file');
      forge(
        scene,
        createHash('sha1').update(bytes).digest('hex'),
        Buffer.from(`blob ${String(evil.length)}\0${evil}`),
      );
    }),
    outcome: { stopped: /changed_meanwhile|git_failed/u },
  },
];
