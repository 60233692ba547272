import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../shared/clock.ts';
import { createSilentLog } from '../shared/log.ts';
import { unwrap } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';
import { applyRun } from './apply.ts';
import { checkpoint } from './checkpoint.ts';
import { readDiff } from './diff.ts';
import { createGit } from './git.ts';
import { inspectProject } from './inspect.ts';
import { listWorktrees } from './list-worktrees.ts';
import { previewMerge } from './merge-preview.ts';
import { removeWorktree } from './remove-worktree.ts';
import { openRepository } from './repository.ts';
import { withScratchWorktree } from './scratch-worktree.ts';
import { RUN_ID, beginTurn, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

let repository: TestRepository;
let evil: string;
let canary: string;
beforeEach(() => {
  repository = createTestRepository();
  canary = join(repository.folder, 'canary');
  evil = join(repository.folder, 'evil');
  fs.writeFileSync(evil, `#!/bin/sh\necho "$0 $*" >> '${canary}'\ncat\n`, { mode: 0o755 });
});
afterEach(() => {
  repository.dispose();
});

/** All that Homer does in a project, from looking at it to taking the worktree down. */
async function wholeLife(): Promise<void> {
  const { git, path: projectPath } = repository;
  unwrap(
    await inspectProject(git, {
      path: projectPath,
      cwd: '/',
      home: '/',
      dataFolder: join(repository.folder, 'data'),
    }),
  );
  const turn = await beginTurn(repository);
  repository.write('README.md', 'changed\ntwo\nthree\nfour\nfive\n', turn.worktree.path);
  repository.write('new.txt', 'new\n', turn.worktree.path);
  const verdict = await turn.verdict();
  const { commit: head } = unwrap(
    await checkpoint(git, {
      projectPath,
      runId: RUN_ID,
      branch: turn.worktree.branch,
      base: turn.worktree.baseCommit,
      parent: turn.worktree.baseCommit,
      message: 'Step 1',
      verdict,
    }),
  );
  const range = { projectPath, base: turn.worktree.baseCommit, head, target: 'main' };
  unwrap(await readDiff(git, range));
  const opened = unwrap(await openRepository(git, projectPath));
  for (const alwaysScratch of [true, false]) {
    unwrap(await previewMerge(git, opened, { ours: 'main', theirs: head, alwaysScratch }));
  }
  await applyRun(git, { ...range, runId: RUN_ID, number: 1, title: 'T', method: 'merge' });
  unwrap(await withScratchWorktree(git, { projectPath }, () => Promise.resolve({ ok: true, value: null })));
  repository.write('left.txt', 'left\n', turn.worktree.path);
  unwrap(await listWorktrees(git, projectPath));
  const archive = join(repository.folder, 'archive');
  unwrap(await removeWorktree(git, { projectPath, runId: RUN_ID, deleteBranch: true, archive }));
}

/** The same kind of work with plain git, which does run what is set there: the proof that a trap is one. */
function plainLife(): void {
  // Exit codes do not matter: a trap may well break the command that sets it off.
  const env = { PATH: process.env['PATH'], HOME: join(repository.folder, 'home') };
  const attempt = (args: string[], cwd = repository.path): void => {
    spawnSync('git', args, { cwd, env, stdio: 'ignore' });
  };
  const worktree = join(repository.folder, 'plain');
  attempt(['worktree', 'add', '-q', '-b', 'homer/plain', worktree]);
  repository.write('README.md', 'plain\ntwo\nthree\nfour\nfive\n', worktree);
  attempt(['diff'], worktree);
  attempt(['commit', '-qam', 'Plain'], worktree);
  repository.write('README.md', 'main\ntwo\nthree\nfour\nfive\n');
  attempt(['commit', '-qam', 'Main']);
  attempt(['merge', 'homer/plain']);
}

const config = (text: () => string) => (): void => {
  fs.appendFileSync(join(repository.path, '.git/config'), text());
};
const attributes = (line: string): void => {
  const file = join(repository.path, '.gitattributes');
  fs.appendFileSync(file, `* ${line}\n`);
  repository.sh(['add', '-A']);
  repository.sh(['commit', '-qm', 'Attributes']);
};

const traps: readonly { name: string; set: () => void; cannotSing?: true }[] = [
  {
    name: 'hooks',
    set: () => {
      const hooks =
        'post-checkout pre-commit commit-msg prepare-commit-msg post-commit post-merge pre-merge-commit reference-transaction post-index-change pre-auto-gc post-rewrite fsmonitor-watchman';
      for (const hook of hooks.split(' ')) fs.copyFileSync(evil, join(repository.path, '.git/hooks', hook));
    },
  },
  {
    name: 'core.hooksPath',
    set: () => {
      fs.mkdirSync(join(repository.folder, 'hooks'));
      fs.copyFileSync(evil, join(repository.folder, 'hooks/post-index-change'));
      fs.copyFileSync(evil, join(repository.folder, 'hooks/reference-transaction'));
      config(() => `[core]\n\thooksPath = ${repository.folder}/hooks\n`)();
    },
  },
  { name: 'fsmonitor', set: config(() => `[core]\n\tfsmonitor = ${evil}\n`) },
  {
    name: 'a filter by command',
    set: () => {
      attributes('filter=trap');
      config(() => `[filter "trap"]\n\tclean = ${evil}\n\tsmudge = ${evil}\n\trequired = true\n`)();
    },
  },
  {
    name: 'a filter by process',
    set: () => {
      attributes('filter=trap');
      config(() => `[filter "trap"]\n\tprocess = ${evil}\n\trequired = true\n`)();
    },
  },
  {
    name: 'a filter with an equals sign and a dot in its name',
    set: () => {
      attributes('filter=a=b.clean');
      config(() => `[filter "a=b.clean"]\n\tclean = ${evil}\n\tsmudge = ${evil}\n`)();
    },
  },
  {
    name: 'a filter in an included file',
    set: () => {
      attributes('filter=trap');
      fs.writeFileSync(
        join(repository.folder, 'more'),
        `[filter "trap"]\n\tclean = ${evil}\n\tsmudge = ${evil}\n`,
      );
      config(() => `[include]\n\tpath = ${repository.folder}/more\n`)();
    },
  },
  {
    name: 'a filter included only on branches of Homer',
    set: () => {
      attributes('filter=trap');
      fs.writeFileSync(
        join(repository.folder, 'more'),
        `[filter "trap"]\n\tclean = ${evil}\n\tsmudge = ${evil}\n`,
      );
      config(() => `[includeIf "onbranch:homer/**"]\n\tpath = ${repository.folder}/more\n`)();
    },
  },
  {
    name: 'a filter included only in worktrees',
    set: () => {
      attributes('filter=trap');
      fs.writeFileSync(
        join(repository.folder, 'more'),
        `[filter "trap"]\n\tclean = ${evil}\n\tsmudge = ${evil}\n`,
      );
      config(() => `[includeIf "gitdir:**/worktrees/**"]\n\tpath = ${repository.folder}/more\n`)();
    },
  },
  {
    name: 'external diff and text conversion',
    set: () => {
      attributes('diff=trap');
      config(
        () => `[diff]\n\texternal = ${evil}\n[diff "trap"]\n\ttextconv = ${evil}\n\tcommand = ${evil}\n`,
      )();
    },
  },
  {
    name: 'a merge driver',
    set: () => {
      attributes('merge=trap');
      config(() => `[merge]\n\tdefault = trap\n[merge "trap"]\n\tdriver = ${evil} %O %A %B\n`)();
    },
  },
  {
    name: 'signing and the checking of signatures',
    set: config(
      () =>
        `[gpg]\n\tprogram = ${evil}\n\tformat = ssh\n[gpg "ssh"]\n\tprogram = ${evil}\n\tdefaultKeyCommand = ${evil}\n[commit]\n\tgpgSign = true\n[log]\n\tshowSignature = true\n[merge]\n\tverifySignatures = false\n`,
    ),
  },
  {
    name: 'editor, pager, credentials, transport and the like',
    cannotSing: true, // Nothing an owner does offline and without a terminal would set these off.
    set: config(
      () =>
        `[core]\n\teditor = ${evil}\n\tpager = ${evil}\n\tsshCommand = ${evil}\n\taskPass = ${evil}\n\tgitProxy = ${evil}\n\talternateRefsCommand = ${evil}\n[credential]\n\thelper = ${evil}\n[pager]\n\tlog = ${evil}\n\tdiff = ${evil}\n[alias]\n\tstatus = !${evil}\n[trailer "x"]\n\tcommand = ${evil}\n[interactive]\n\tdiffFilter = ${evil}\n[remote "origin"]\n\turl = ext::${evil}\n\tpromisor = true\n\tuploadpack = ${evil}\n`,
    ),
  },
];

/** Settings that name a program, one by one: each must be as dead as the ones above. */
const programs: readonly string[] = [
  'core.fsmonitor',
  'core.editor',
  'core.pager',
  'core.sshCommand',
  'core.askPass',
  'core.gitProxy',
  'core.alternateRefsCommand',
  'sequence.editor',
  'credential.helper',
  'credential.https://example.org.helper',
  'diff.external',
  'diff.trap.command',
  'diff.trap.textconv',
  'difftool.trap.cmd',
  'mergetool.trap.cmd',
  'merge.trap.driver',
  'filter.trap.clean',
  'filter.trap.smudge',
  'filter.trap.process',
  'gpg.program',
  'gpg.ssh.program',
  'gpg.ssh.defaultKeyCommand',
  'gpg.x509.program',
  'interactive.diffFilter',
  'man.trap.cmd',
  'pager.diff',
  'pager.log',
  'pager.status',
  'trailer.trap.command',
  'trailer.trap.cmd',
  'uploadpack.packObjectsHook',
  'remote.origin.uploadpack',
  'remote.origin.receivepack',
  'remote.origin.vcs',
  'browser.trap.cmd',
  'sendemail.sendmailCmd',
  'alias.status',
  'alias.worktree',
  'alias.read-tree',
];

describe('a hostile repository', () => {
  // Traps that do not get in each other's way share one life of a run, in the order they are set.
  it.each([
    [
      'a filter by command',
      'external diff and text conversion',
      'a merge driver',
      'hooks',
      'fsmonitor',
      'editor',
      'signing',
    ],
    ['a filter by process', 'core.hooksPath'],
    ['a filter with an equals sign'],
    ['a filter in an included file'],
    ['a filter included only on branches'],
    ['a filter included only in worktrees'],
  ])('runs nothing of its own: %s, …', { timeout: 60_000 }, async (...names) => {
    for (const name of names) traps.find((trap) => trap.name.startsWith(name))?.set();
    fs.rmSync(canary, { force: true });
    await wholeLife();
    expect(fs.existsSync(canary) ? fs.readFileSync(canary, 'utf8') : '').toBe('');
  });

  it.each(traps.filter(({ cannotSing }) => !cannotSing))(
    'would have run something by $name with plain git',
    { timeout: 60_000 },
    ({ set }) => {
      set();
      fs.rmSync(canary, { force: true });
      plainLife();
      expect(fs.existsSync(canary)).toBe(true);
    },
  );

  it('runs none of the programs that settings can name', { timeout: 60_000 }, async () => {
    attributes('filter=trap diff=trap merge=trap');
    for (const key of programs) repository.sh(['config', key, key.startsWith('alias.') ? `!${evil}` : evil]);
    repository.sh(['config', 'remote.origin.url', `ext::${evil}`]);
    fs.writeFileSync(
      join(repository.path, '.git/config.worktree'),
      `[core]\n\tfsmonitor = ${evil}\n[diff]\n\texternal = ${evil}\n`,
    );
    fs.rmSync(canary, { force: true });
    await wholeLife();
    expect(fs.existsSync(canary) ? fs.readFileSync(canary, 'utf8') : '').toBe('');
  });

  it('runs nothing that is set while a remembered answer is at hand', { timeout: 60_000 }, async () => {
    attributes('filter=late');
    // Settled, so that what is read of it is kept.
    await new Promise((resolve) => setTimeout(resolve, 3_200));
    const turn = await beginTurn(repository);
    repository.write('new.txt', 'new\n', turn.worktree.path);
    config(() => `[filter "late"]\n\tclean = ${evil}\n\tsmudge = ${evil}\n`)();
    fs.rmSync(canary, { force: true });
    const verdict = await turn.verdict();
    expect(verdict.violations.map(({ path }) => path)).toContain('.git/config');
    const opened = unwrap(await openRepository(repository.git, repository.path));
    unwrap(await repository.git.run(opened.place, ['status', '--porcelain']));
    unwrap(await repository.git.run(opened.place, ['read-tree', '--reset', '-u', 'HEAD']));
    expect(fs.existsSync(canary)).toBe(false);
  });

  it('makes a conflict of a merge its driver would have decided, and runs nothing for it', async () => {
    attributes('merge=trap');
    config(() => `[merge "trap"]\n\tdriver = ${evil} %O %A %B\n`)();
    repository.sh(['switch', '-qc', 'side']);
    repository.commit('Side', { 'README.md': 'side\ntwo\nthree\nfour\nfive\n' });
    repository.sh(['switch', '-q', 'main']);
    repository.commit('Main', { 'README.md': 'one\ntwo\nthree\nfour\nmain\n' });
    fs.rmSync(canary, { force: true });
    const opened = unwrap(await openRepository(repository.git, repository.path));
    const input = { ours: 'main', theirs: 'side' };
    expect(unwrap(await previewMerge(repository.git, opened, input)).conflicts).toEqual(['README.md']);
    expect(fs.existsSync(canary)).toBe(false);
  });

  it('refuses a repository whose core.worktree points elsewhere', async () => {
    repository.sh(['config', 'core.worktree', '/etc']);
    const opened = await openRepository(repository.git, repository.path);
    expect(opened).toMatchObject({ ok: false, error: { tag: 'not_a_repository' } });
  });
});

describe('running git', () => {
  const make = (env: Record<string, string>, scope = createScope('test')) =>
    createGit({ env, clock: createSystemClock(), log: createSilentLog(), scope });

  it('says that git is missing, and does not take one from a relative PATH', async () => {
    fs.copyFileSync(evil, join(repository.path, 'git'));
    const result = await make({ PATH: '.:relative' }).run({ folder: repository.path }, ['status']);
    expect(result).toMatchObject({ ok: false, error: { tag: 'git_missing' } });
    expect(fs.existsSync(canary)).toBe(false);
  });

  it('ends a git that hangs and says so', async () => {
    const bin = join(repository.folder, 'bin');
    fs.mkdirSync(bin);
    fs.writeFileSync(join(bin, 'git'), '#!/bin/sh\nexec sleep 30\n', { mode: 0o755 });
    const git = make({ PATH: `${bin}:/usr/bin:/bin` });
    const result = await git.run({ folder: repository.path }, ['version'], { timeLimitMs: 200 });
    expect(result).toMatchObject({ ok: false, error: { tag: 'git_timeout' } });
  });

  it('ends what is running when its scope closes', async () => {
    const bin = join(repository.folder, 'bin');
    fs.mkdirSync(bin);
    fs.writeFileSync(join(bin, 'git'), '#!/bin/sh\nexec sleep 30\n', { mode: 0o755 });
    const scope = createScope('test');
    const running = make({ PATH: `${bin}:/usr/bin:/bin` }, scope).run({ folder: repository.path }, [
      'version',
    ]);
    while (scope.held().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await scope.close();
    expect(await running).toMatchObject({ ok: false, error: { tag: 'git_failed' } });
  });

  it('lets no GIT variable of the host through', async () => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      GIT_DIR: '/nonexistent',
      GIT_INDEX_FILE: '/nonexistent/index',
    };
    const result = await make(env).run({ folder: repository.path }, ['rev-parse', '--absolute-git-dir']);
    expect(unwrap(result).text()).toBe(join(repository.path, '.git'));
  });

  it('reports a lock that another git holds', async () => {
    fs.writeFileSync(join(repository.path, '.git/index.lock'), '');
    const result = await repository.git.run({ folder: repository.path }, ['read-tree', 'HEAD']);
    expect(result).toMatchObject({ ok: false, error: { tag: 'repository_locked' } });
  });
});
