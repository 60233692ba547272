import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Attack, Scene } from './attack.ts';
import { change, commitAll, indexAttacks } from './index-attacks.ts';
import { named, put } from './make-attack.ts';
import { objectAttacks } from './object-attacks.ts';

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
    ['core.fsmonitor', '/nowhere/x'],
    ['core.hooksPath', '/nowhere/x'],
    ['core.sshCommand', 'x'],
    ['core.excludesFile', '/nowhere/x'],
    ['include.path', '/nowhere/x'],
    ['includeIf.gitdir:/.path', '/nowhere/x'],
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
  {
    ...inGit('settings that git cannot read', '.git/config', ({ git, project, repository }) => {
      fs.writeFileSync(join(repository.folder, 'broken'), '] not settings\n');
      git(['config', 'include.path', join(repository.folder, 'broken')], project);
    }),
    outcome: { stopped: /git_failed/u },
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
  ...indexAttacks,
  ...objectAttacks,
  ...attributes,
  ...elsewhere,
];
