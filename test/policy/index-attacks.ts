import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import type { Attack, Scene } from './attack.ts';
import { named, put } from './make-attack.ts';

const denied = /denied by/u;

export const commitAll = ({ git }: Scene, message: string): void => {
  git(['add', '-A', '-f']);
  git(['commit', '-q', '--allow-empty', '-m', message]);
};

const hide = named('the index');
/** A change in sight. */
export const change = ({ root }: Scene): void => {
  fs.appendFileSync(join(root, 'README.md'), 'hidden\n');
};
/** What is hidden from git by its own index. */
export const indexAttacks: readonly Attack[] = [
  ...['--assume-unchanged', '--skip-worktree'].map((flag) =>
    hide(`a change hidden by ${flag}`, { seen: 'README.md' }, (scene) => {
      scene.git(['update-index', flag, 'README.md']);
      change(scene);
    }),
  ),
  ...['--assume-unchanged', '--skip-worktree'].map((flag) =>
    hide(`a change hidden by ${flag} in Homer's own index`, { seen: 'README.md' }, (scene) => {
      const env = { ...process.env, GIT_INDEX_FILE: join(scene.gitDir, 'homer-index') };
      execFileSync('git', ['update-index', flag, 'README.md'], { cwd: scene.root, env });
      change(scene);
    }),
  ),
  hide('a denied file hidden after a commit', { refused: 'secrets.txt', rule: denied }, (scene) => {
    put(scene.root, 'secrets.txt');
    commitAll(scene, 'mine');
    scene.git(['update-index', '--assume-unchanged', 'secrets.txt']);
  }),
  hide('entries without a file', { absent: '.env' }, ({ git, root }) => {
    const blob = git(['hash-object', '-w', 'README.md']);
    git(['update-index', '--add', '--cacheinfo', `100644,${blob},.env`]);
    put(root, 'new.txt');
  }),
  hide('its index removed', { seen: 'README.md' }, (scene) => {
    fs.rmSync(join(scene.gitDir, 'index'));
    change(scene);
  }),
  hide("Homer's own index removed", { seen: 'README.md' }, (scene) => {
    fs.rmSync(join(scene.gitDir, 'homer-index'));
    change(scene);
  }),
  hide("Homer's own index filled with rubbish", { seen: 'README.md' }, (scene) => {
    fs.writeFileSync(join(scene.gitDir, 'homer-index'), 'rubbish');
    change(scene);
  }),
  hide("a folder in the place of Homer's own index", { seen: 'README.md' }, (scene) => {
    fs.rmSync(join(scene.gitDir, 'homer-index'));
    put(scene.gitDir, 'homer-index/x');
    change(scene);
  }),
  hide("a pipe in the place of Homer's own index", { seen: 'README.md' }, (scene) => {
    fs.rmSync(join(scene.gitDir, 'homer-index'));
    execFileSync('mkfifo', [join(scene.gitDir, 'homer-index')]);
    change(scene);
  }),
  hide("a lock on Homer's own index", { seen: 'README.md' }, (scene) => {
    put(scene.gitDir, 'homer-index.lock');
    change(scene);
  }),
  {
    ...hide("an entry planted in Homer's own index after the verdict", { absent: '.env' }, change),
    meanwhile: ({ gitDir, root, git }) => {
      const blob = git(['hash-object', '-w', 'README.md']);
      const env = { ...process.env, GIT_INDEX_FILE: join(gitDir, 'homer-index') };
      execFileSync('git', ['update-index', '--add', '--cacheinfo', `100644,${blob},.env`], {
        cwd: root,
        env,
      });
    },
  },
  ...['../../.git/worktrees/RUN/homer-index.new', '../../.git/worktrees/RUN/homer-index.align'].map((place) =>
    hide(
      `a link planted where Homer writes ${place.replace(/.*\//u, '')}`,
      { seen: 'README.md' },
      (scene) => {
        const file = join(dirname(scene.root), place.replace('RUN', scene.gitDir.split('/').at(-1) ?? ''));
        fs.rmSync(file, { force: true });
        fs.symlinkSync(join(scene.outside, 'file'), file);
        change(scene);
      },
    ),
  ),
];
