import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { Attack, Scene } from './attack.ts';
import { act, named, put } from './file-attacks.ts';

const settings = /settings of the repository/u;
const denied = /denied by/u;

/** A change below the shared `.git` folder. */
const inGit = (
  name: string,
  path: string,
  work: (scene: Scene) => void,
  more: Partial<Attack> = {},
): Attack => named('shared settings')(name, { refused: path, rule: settings }, work, more);
const puts = (name: string, path: string, file: string, text: string): Attack =>
  inGit(name, path, ({ dotGit }) => {
    put(dotGit, file, text);
  });

const shared: readonly Attack[] = [
  puts('a hook', '.git/hooks', 'hooks/pre-commit', '#!/bin/sh\n'),
  inGit('a hook made executable', '.git/hooks', ({ dotGit }) => {
    fs.chmodSync(join(dotGit, 'hooks/pre-push.sample'), 0o700);
  }),
  inGit('a hook changed and its time set back', '.git/hooks', ({ dotGit }) => {
    fs.writeFileSync(join(dotGit, 'hooks/pre-push.sample'), '#!/bin/ls\n');
    fs.utimesSync(join(dotGit, 'hooks/pre-push.sample'), 1, 1);
  }),
  inGit('the folder of hooks swapped for a link', '.git/hooks', ({ dotGit, repository }) => {
    const elsewhere = join(repository.folder, 'elsewhere');
    fs.renameSync(join(dotGit, 'hooks'), elsewhere);
    fs.symlinkSync(elsewhere, join(dotGit, 'hooks'));
  }),
  ...[
    ['core.fsmonitor', '/tmp/x'],
    ['core.hooksPath', '/tmp/x'],
    ['core.sshCommand', 'x'],
    ['core.excludesFile', '/tmp/x'],
    ['include.path', '/tmp/x'],
    ['includeIf.gitdir:/.path', '/tmp/x'],
    ['filter.x.clean', 'x'],
    ['alias.status', '!x'],
    ['remote.origin.url', 'ext::x'],
    ['url./tmp/.insteadOf', 'https://'],
    ['extensions.worktreeConfig', 'true'],
  ].map(([key = '', value = '']) =>
    inGit(`the setting ${key}`, '.git/config', ({ git, project }) => {
      git(['config', key, value], project);
    }),
  ),
  {
    ...inGit('the files said to be elsewhere', '.git/config', ({ git, project, repository }) => {
      git(['config', 'core.worktree', repository.folder], project);
    }),
    outcome: { stopped: /not_a_repository/u },
  },
  inGit('a setting that keeps size and time', '.git/config', ({ dotGit }) => {
    const file = join(dotGit, 'config');
    const { atime, mtime } = fs.statSync(file);
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('bare = false', 'bare = no   '));
    fs.utimesSync(file, atime, mtime);
    fs.appendFileSync(file, '');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('filemode = true', 'fsmonitor = yes'));
    fs.utimesSync(file, atime, mtime);
  }),
  inGit('the settings swapped for a link', '.git/config', ({ dotGit, repository }) => {
    fs.renameSync(join(dotGit, 'config'), join(repository.folder, 'config'));
    fs.symlinkSync(join(repository.folder, 'config'), join(dotGit, 'config'));
  }),
  inGit('settings of the worktree', '.git/config', ({ gitDir }) => {
    put(gitDir, 'config.worktree', '[core]\n\tpager = x\n');
  }),
  puts('settings of the main worktree', '.git/config', 'config.worktree', '[core]\n\tpager = x\n'),
  puts('attributes', '.git/info/attributes', 'info/attributes', '* filter=x\n'),
  puts('an exclude rule', '.git/info/exclude', 'info/exclude', '/.workspace/\nsrc\n'),
  puts('grafts', '.git/info/grafts', 'info/grafts', 'x\n'),
  puts('a sparse checkout', '.git/info/sparse-checkout', 'info/sparse-checkout', '/src\n'),
  inGit('a shallow boundary', '.git/shallow', ({ dotGit, base }) => {
    put(dotGit, 'shallow', `${base}\n`);
  }),
  puts('borrowed objects', '.git/objects/info/alternates', 'objects/info/alternates', '/tmp\n'),
  puts(
    'borrowed objects over HTTP',
    '.git/objects/info/http-alternates',
    'objects/info/http-alternates',
    'http://x\n',
  ),
  puts('a remote of the old kind', '.git/remotes', 'remotes/origin', 'URL: ext::x\n'),
  puts('a branch file of the old kind', '.git/branches', 'branches/origin', 'ext::x\n'),
  inGit(
    'the settings of a submodule',
    '.git/modules/lib',
    ({ dotGit }) => {
      fs.appendFileSync(join(dotGit, 'modules/lib/config'), '[core]\n\tfsmonitor = x\n');
    },
    {
      before: ({ dotGit }) => {
        put(dotGit, 'modules/lib/HEAD', 'ref: refs/heads/main\n');
        put(dotGit, 'modules/lib/config', '[core]\n');
      },
    },
  ),
  inGit(
    'a hook of a nested submodule',
    '.git/modules/a/b/modules/c',
    ({ dotGit }) => {
      put(dotGit, 'modules/a/b/modules/c/hooks/post-checkout');
    },
    {
      before: ({ dotGit }) => {
        for (const folder of ['modules/a/b', 'modules/a/b/modules/c'])
          put(dotGit, `${folder}/HEAD`, 'ref: refs/heads/main\n');
      },
    },
  ),
  inGit(
    'the settings of another worktree',
    '.git/worktrees/other',
    ({ dotGit }) => {
      put(dotGit, 'worktrees/other/config.worktree', '[core]\n\tpager = x\n');
    },
    {
      before: ({ git, repository, project }) => {
        git(['worktree', 'add', '-q', '--detach', join(repository.folder, 'other')], project);
      },
    },
  ),
  inGit('the .git file pointed elsewhere', '.git', ({ root }) => {
    fs.writeFileSync(join(root, '.git'), 'gitdir: /tmp/elsewhere\n');
  }),
  inGit('the .git file replaced by a folder', '.git', ({ root }) => {
    fs.rmSync(join(root, '.git'));
    fs.mkdirSync(join(root, '.git'));
  }),
  inGit('the .git file replaced by a link', '.git', ({ root, gitDir }) => {
    fs.rmSync(join(root, '.git'));
    fs.symlinkSync(gitDir, join(root, '.git'));
  }),
  inGit('the .git file removed', '.git', ({ root }) => {
    fs.rmSync(join(root, '.git'));
  }),
  inGit('the common folder pointed elsewhere', '.git/worktrees', ({ gitDir }) => {
    put(gitDir, 'commondir', '/tmp\n');
  }),
  inGit("Homer's record pointed at the owner's branch", '.git/worktrees', ({ gitDir, base }) => {
    put(gitDir, 'homer.json', JSON.stringify({ branch: 'main', baseCommit: base }));
  }),
  inGit("Homer's record of names rewritten", '.git/worktrees', ({ gitDir }) => {
    put(gitDir, 'homer-before.json', '{}');
  }),
  inGit("a pipe in the place of Homer's record of names", '.git/worktrees', ({ gitDir }) => {
    fs.rmSync(join(gitDir, 'homer-before.json'));
    execFileSync('mkfifo', [join(gitDir, 'homer-before.json')]);
  }),
];

const commitAll = ({ git }: Scene, message: string): void => {
  git(['add', '-A', '-f']);
  git(['commit', '-q', '--allow-empty', '-m', message]);
};
const ownGit = named('git by the agent');
const side: Partial<Attack> = {
  before: ({ git, project }) => {
    git(['branch', 'side'], project);
    git(['tag', 'v1'], project);
  },
};

const own: readonly Attack[] = [
  ownGit('its own commit of a denied file', { refused: '.env', rule: denied }, (scene) => {
    put(scene.root, '.env');
    commitAll(scene, 'mine');
  }),
  ownGit('a denied file in a commit before the last', { absent: '.env' }, (scene) => {
    put(scene.root, '.env');
    commitAll(scene, 'one');
    fs.rmSync(join(scene.root, '.env'));
    put(scene.root, 'new.txt');
    commitAll(scene, 'two');
  }),
  ownGit('its own commits are folded in', { seen: 'new.txt' }, (scene) => {
    for (const text of ['a', 'b', 'c']) {
      put(scene.root, 'new.txt', text);
      commitAll(scene, text);
    }
  }),
  ownGit('the base amended', { seen: 'new.txt' }, ({ root, git }) => {
    put(root, 'new.txt');
    git(['add', '-A']);
    git(['commit', '-q', '--amend', '--no-edit']);
  }),
  ownGit('a new root without history', { seen: 'new.txt' }, (scene) => {
    scene.git(['checkout', '-q', '--orphan', 'fresh']);
    put(scene.root, 'new.txt');
    commitAll(scene, 'root');
  }),
  ownGit('a detached head', { seen: 'new.txt' }, (scene) => {
    scene.git(['checkout', '-q', '--detach']);
    put(scene.root, 'new.txt');
    commitAll(scene, 'x');
  }),
  ownGit(
    'another branch made and switched to',
    { noticed: 'refs/heads/other', rule: /was made/u },
    (scene) => {
      scene.git(['switch', '-qc', 'other']);
      commitAll(scene, 'x');
    },
  ),
  ownGit('a new tag', { noticed: 'refs/tags/v2', rule: /was made/u }, ({ git }) => {
    git(['tag', 'v2']);
  }),
  ownGit(
    'a tag moved to its commit',
    { refused: 'refs/tags/v1', rule: /nobody has judged/u },
    (scene) => {
      commitAll(scene, 'x');
      scene.git(['tag', '-f', 'v1']);
    },
    side,
  ),
  ownGit(
    'another branch moved to its commit',
    { refused: 'refs/heads/side', rule: /nobody has judged/u },
    (scene) => {
      commitAll(scene, 'x');
      scene.git(['branch', '-qf', 'side', 'HEAD']);
    },
    side,
  ),
  ownGit(
    'another branch moved by a push to itself',
    { refused: 'refs/heads/side', rule: /nobody has judged/u },
    (scene) => {
      commitAll(scene, 'x');
      scene.git(['push', '-q', '.', 'HEAD:side']);
    },
    side,
  ),
  ownGit(
    'another branch deleted',
    { noticed: 'refs/heads/side', rule: /was deleted/u },
    ({ git }) => {
      git(['branch', '-qD', 'side']);
    },
    side,
  ),
  ownGit(
    "the owner's branch moved",
    { refused: 'refs/heads/main', rule: /from outside of its own folder/u },
    (scene) => {
      commitAll(scene, 'x');
      scene.git(['update-ref', 'refs/heads/main', 'HEAD']);
    },
    { reachesOwner: true },
  ),
  ownGit(
    "the owner's branch written as a file",
    { refused: 'refs/heads/main', rule: /from outside of its own folder/u },
    (scene) => {
      commitAll(scene, 'x');
      put(scene.dotGit, 'refs/heads/main', `${scene.git(['rev-parse', 'HEAD'])}\n`);
    },
    { reachesOwner: true },
  ),
  ownGit(
    "a commit on the owner's branch through HEAD",
    { refused: 'refs/heads/main', rule: /from outside of its own folder/u },
    (scene) => {
      scene.git(['symbolic-ref', 'HEAD', 'refs/heads/main']);
      commitAll(scene, 'x');
    },
    { reachesOwner: true },
  ),
  ownGit(
    "the owner's HEAD written as a file",
    { refused: '.git/HEAD', rule: /behind the back/u },
    ({ dotGit }) => {
      put(dotGit, 'HEAD', 'ref: refs/heads/side\n');
    },
    { ...side, reachesOwner: true },
  ),
  ownGit(
    'an object replaced',
    { refused: 'refs/replace/', rule: /in place of one/u },
    (scene) => {
      commitAll(scene, 'x');
      scene.git(['replace', '-f', scene.base, 'HEAD']);
    },
    { reachesOwner: true },
  ),
  ownGit('its own branch deleted', { seen: 'new.txt' }, ({ root, git, branch }) => {
    git(['checkout', '-q', '--detach']);
    git(['branch', '-qD', branch]);
    put(root, 'new.txt');
  }),
  ownGit('its own branch moved elsewhere', { seen: 'new.txt' }, ({ root, git, branch }) => {
    const other = git(['commit-tree', '-m', 'x', 'HEAD^{tree}']);
    git(['update-ref', `refs/heads/${branch}`, other]);
    put(root, 'new.txt');
  }),
  ownGit('all packed and collected', { seen: 'new.txt' }, ({ root, git }) => {
    put(root, 'new.txt');
    git(['reflog', 'expire', '--expire=now', '--all']);
    git(['gc', '-q', '--prune=now']);
  }),
  ownGit('references packed', { seen: 'new.txt' }, ({ root, git }) => {
    put(root, 'new.txt');
    git(['pack-refs', '--all', '--prune']);
  }),
  ownGit('its work stashed away leaves none', { absent: 'new.txt' }, ({ root, git }) => {
    put(root, 'new.txt');
    git(['stash', '-qu']);
  }),
  ownGit('a merge left half done', { seen: 'new.txt' }, ({ root, gitDir, base }) => {
    put(gitDir, 'MERGE_HEAD', `${base}\n`);
    put(root, 'new.txt');
  }),
];

const hide = named('the index');
const change = ({ root }: Scene): void => {
  fs.appendFileSync(join(root, 'README.md'), 'hidden\n');
};
const index: readonly Attack[] = [
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

const objects: readonly Attack[] = [
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

const attributes: readonly Attack[] = [
  named('attributes')('a filter for what it writes is not run', { seen: 'new.txt' }, ({ root }) => {
    put(root, '.gitattributes', '* filter=x diff=x merge=x\n');
    put(root, 'new.txt');
  }),
  named('attributes')('an ident that expands', { seen: 'README.md' }, (scene) => {
    put(scene.root, '.gitattributes', '* ident\n');
    change(scene);
  }),
  named('attributes')(
    'denied content marked as not to be compared',
    { refused: '.env', rule: denied },
    ({ root }) => {
      put(root, '.gitattributes', '.env -diff binary\n');
      put(root, '.env');
    },
  ),
];

const told = named("the owner's folder");
const elsewhere: readonly Attack[] = [
  told(
    'a file changed',
    { noticed: 'README.md', rule: /own folder/u },
    ({ project }) => {
      fs.appendFileSync(join(project, 'README.md'), 'x\n');
    },
    { reachesOwner: true },
  ),
  told(
    'a file added',
    { noticed: 'src/new.ts', rule: /own folder/u },
    ({ project }) => {
      put(project, 'src/new.ts');
    },
    { reachesOwner: true },
  ),
  told(
    'a file deleted',
    { noticed: 'src/app.ts', rule: /own folder/u },
    ({ project }) => {
      fs.rmSync(join(project, 'src/app.ts'));
    },
    { reachesOwner: true },
  ),
];

export const gitAttacks: readonly Attack[] = [
  ...shared,
  ...own,
  ...index,
  ...objects,
  ...attributes,
  ...elsewhere,
];
