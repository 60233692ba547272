import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkpoint } from './checkpoint.ts';
import { RUN_ID, beginTurn, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

let repository: TestRepository;
afterEach(() => {
  repository.dispose();
});

interface Attack {
  readonly name: string;
  readonly does: (root: string, repository: TestRepository) => void;
  /** Part of the rule and the path it must be found under. */
  readonly path: string;
  readonly rule: RegExp;
  /** Also changes the project's own .git folder. */
  readonly inGit?: true;
}
const write = (root: string, file: string, text = 'x'): void => {
  fs.mkdirSync(join(root, file, '..'), { recursive: true });
  fs.writeFileSync(join(root, file), text);
};
const link = (root: string, file: string, target: string): void => {
  fs.mkdirSync(join(root, file, '..'), { recursive: true });
  fs.symlinkSync(target, join(root, file));
};
const denied = /denied by/u;
const leaves = /leaves the worktree/u;
const settings = /settings of the repository/u;
const writes = (name: string, file: string, rule = denied): Attack => ({
  name,
  does: (root) => {
    write(root, file);
  },
  path: file,
  rule,
});
const links = (name: string, target: string, rule = leaves, file = 'link'): Attack => ({
  name,
  does: (root) => {
    link(root, file, target);
  },
  path: file,
  rule,
});
const inGit = (name: string, path: string, does: (dotGit: string, root: string) => void): Attack => ({
  name,
  does: (root, { path: project }) => {
    does(join(project, '.git'), root);
  },
  path,
  rule: settings,
  inGit: true,
});

const attacks: readonly Attack[] = [
  writes('an ignored .env', '.env'),
  writes('.ENV in capitals', '.ENV'),
  writes('.env in a folder', 'deep/er/.env.local'),
  writes('full-width letters', '.\uff45\uff4e\uff56'),
  writes('a zero-width joiner', '.e\u200dnv'),
  writes('a long s', '\u017fecrets.txt'),
  writes('a trailing dot, dropped on Windows', 'config.yaml.'),
  writes('a trailing space, dropped on Windows', 'config.yaml '),
  writes('a stream name', 'config.yaml::$DATA'),
  writes('a backslash as separator', '.workspace\\x'),
  writes('a key file', 'certs/server.PEM'),
  writes("Homer's own folder inside", '.workspace/x'),
  writes('.GIT in capitals as a file', 'sub/.GIT'),
  writes('git~1, the short name of .git', 'sub/git~1'),
  writes('.git with an ignorable character', 'sub/.g\u200cit'),
  writes('an ignored npm credential', 'ignored/.npmrc'),
  links('a link to an absolute file', '/etc/passwd'),
  links('a link to an absolute folder', '/etc'),
  links('a link by ..', '../../../README.md'),
  links('a link into the project folder', '../../../src'),
  links('a dangling link outside', '/nonexistent/file'),
  links('an ignored link outside', '/etc', leaves, 'ignored/link'),
  links('a link to a denied file', '.env.production', /leads to \.env\.production: denied/u),
  links('a link to the .git file', '.git', /leads to \.git: denied/u),
  links('a link to itself', 'link'),
  {
    name: 'a chain of links outside',
    does: (root) => {
      link(root, 'a', 'b');
      link(root, 'b', 'c/..//..');
      link(root, 'c', '/tmp');
    },
    path: 'a',
    rule: leaves,
  },
  {
    name: 'a tracked folder swapped for a link outside',
    does: (root) => {
      fs.rmSync(join(root, 'src'), { recursive: true });
      link(root, 'src', '/tmp');
    },
    path: 'src',
    rule: leaves,
  },
  {
    name: 'a tracked file swapped for a link outside',
    does: (root) => {
      fs.rmSync(join(root, 'README.md'));
      link(root, 'README.md', '/etc/hostname');
    },
    path: 'README.md',
    rule: leaves,
  },
  {
    name: 'a link through a folder that is a link',
    does: (root) => {
      link(root, 'ignored/out', '/etc');
      link(root, 'inner', 'ignored/out/passwd');
    },
    path: 'inner',
    rule: leaves,
  },
  {
    name: 'a rename to a denied name',
    does: (root) => {
      fs.renameSync(join(root, 'README.md'), join(root, 'config.yaml'));
    },
    path: 'config.yaml',
    rule: denied,
  },
  {
    name: 'a change hidden by the assume-unchanged flag and an own commit',
    does: (root, { sh }) => {
      write(root, 'secrets.txt');
      sh(['add', '-f', 'secrets.txt'], root);
      sh(['commit', '-qm', 'mine'], root);
      sh(['update-index', '--assume-unchanged', 'secrets.txt'], root);
    },
    path: 'secrets.txt',
    rule: denied,
  },
  {
    name: 'a forged modification time',
    does: (root) => {
      write(root, 'ignored/id_rsa');
      fs.utimesSync(join(root, 'ignored/id_rsa'), 1, 1);
    },
    path: 'ignored/id_rsa',
    rule: denied,
  },
  {
    name: 'an ignore rule of its own for what it writes',
    does: (root) => {
      write(root, '.gitignore', '*\n');
      write(root, 'credentials.json');
    },
    path: 'credentials.json',
    rule: denied,
  },
  {
    name: 'a hard link to a file outside',
    does: (root, { path }) => {
      fs.linkSync(join(path, 'README.md'), join(root, 'hard.md'));
    },
    path: 'hard.md',
    rule: /hard link/u,
  },
  {
    name: 'a repository inside',
    does: (root, { sh }) => {
      fs.mkdirSync(join(root, 'nested'));
      sh(['init', '-q'], join(root, 'nested'));
    },
    path: 'nested/.git',
    rule: /repository inside/u,
  },
  {
    name: 'a .git file inside a folder',
    does: (root) => {
      write(root, 'nested/.git', 'gitdir: /tmp/evil\n');
    },
    path: 'nested/.git',
    rule: denied,
  },
  {
    name: 'a submodule',
    does: (root, { path, sh }) => {
      sh(['-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', path, 'module'], root);
    },
    path: '.gitmodules',
    rule: /submodules/u,
    inGit: true,
  },
  {
    name: 'a pipe',
    does: (root) => {
      execFileSync('mkfifo', [join(root, 'pipe')]);
    },
    path: 'pipe',
    rule: /neither a file/u,
  },
  {
    name: 'a name that is not UTF-8',
    does: (root) => {
      fs.writeFileSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff])]), 'x');
    },
    path: 'bad\uFFFD',
    rule: /UTF-8/u,
  },
  {
    name: 'a name that collides where case does not count',
    does: (root) => {
      write(root, 'readme.MD');
    },
    path: 'readme.MD',
    rule: /same name as README\.md/u,
  },
  {
    name: 'a name that collides in its decomposed form',
    does: (root) => {
      write(root, 'caf\u00e9');
      write(root, 'cafe\u0301');
    },
    path: 'caf\u00e9',
    rule: /same name as/u,
  },
  inGit('the .git file pointed elsewhere', '.git', (_, root) => {
    fs.writeFileSync(join(root, '.git'), 'gitdir: /tmp/evil\n');
  }),
  inGit('the .git file replaced by a folder', '.git', (_, root) => {
    fs.rmSync(join(root, '.git'));
    fs.mkdirSync(join(root, '.git'));
  }),
  inGit('the .git file removed', '.git', (_, root) => {
    fs.rmSync(join(root, '.git'));
  }),
  inGit('a hook of the project', '.git/hooks', (dotGit) => {
    write(dotGit, 'hooks/pre-commit');
  }),
  inGit('a hook made executable', '.git/hooks', (dotGit) => {
    const [sample = ''] = fs.readdirSync(join(dotGit, 'hooks'));
    fs.chmodSync(join(dotGit, 'hooks', sample), 0o700);
  }),
  inGit('a setting of the project', '.git/config', (dotGit) => {
    fs.appendFileSync(join(dotGit, 'config'), '[core]\n\tfsmonitor = /tmp/evil\n');
  }),
  inGit('a setting of the worktree', '.git/config', (dotGit) => {
    write(dotGit, `worktrees/${RUN_ID}/config.worktree`, '[core]\n\tpager = evil\n');
  }),
  inGit('attributes outside of the files', '.git/info/attributes', (dotGit) => {
    write(dotGit, 'info/attributes', '* filter=evil\n');
  }),
  inGit('borrowed objects', '.git/objects/info/alternates', (dotGit) => {
    write(dotGit, 'objects/info/alternates', '/tmp/objects\n');
  }),
  inGit('the common folder pointed elsewhere', '.git/worktrees', (dotGit) => {
    write(dotGit, `worktrees/${RUN_ID}/commondir`, '/tmp/evil\n');
  }),
];

async function expectCaught(attack: Attack): Promise<void> {
  const turn = await beginTurn(repository);
  attack.does(turn.worktree.path, repository);
  const verdict = await turn.verdict();
  expect(verdict.violations, attack.name).toContainEqual({
    path: attack.path,
    rule: expect.stringMatching(attack.rule) as unknown,
  });
  const refused = await checkpoint(repository.git, {
    projectPath: repository.path,
    runId: RUN_ID,
    branch: turn.worktree.branch,
    parent: turn.worktree.baseCommit,
    message: 'x',
    verdict,
  });
  expect(refused).toMatchObject({ ok: false, error: { tag: 'policy_violation' } });
}

describe('judging a turn', () => {
  // Attacks that stay among the files of the worktree share one: each has a marker of its own and is cleared away after.
  it('finds each of the attacks on files, and makes no checkpoint of it', { timeout: 120_000 }, async () => {
    repository = createTestRepository();
    for (const attack of attacks.filter(({ inGit: git }) => !git)) {
      await expectCaught(attack);
      const root = join(repository.path, '.workspace/tasks', RUN_ID);
      for (const name of fs.readdirSync(root)) {
        if (name !== '.git') fs.rmSync(join(root, name), { recursive: true, force: true });
      }
      fs.rmSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff])]), { force: true });
      repository.sh(['reset', '-q', '--hard', 'main'], root);
    }
  });

  it.each(attacks.filter(({ inGit: git }) => git))(
    'finds $name, and makes no checkpoint of it',
    { timeout: 30_000 },
    async (attack) => {
      repository = createTestRepository();
      await expectCaught(attack);
    },
  );

  it('lets honest work pass and lists all of it', async () => {
    repository = createTestRepository('Projekt mit Ümlaut');
    repository.commit('More', { 'old name.txt': 'x\n', 'tool.sh': 'x\n', 'gone.txt': 'x\n' });
    const turn = await beginTurn(repository);
    const root = turn.worktree.path;
    write(root, 'README.md', 'changed\n');
    write(root, 'neu/Größe ☃.txt');
    write(root, 'ignored/cache.bin');
    fs.renameSync(join(root, 'old name.txt'), join(root, 'new name.txt'));
    fs.chmodSync(join(root, 'tool.sh'), 0o4755);
    fs.rmSync(join(root, 'gone.txt'));
    link(root, 'inside', 'src/app.ts');
    fs.linkSync(join(root, 'src/app.ts'), join(root, 'src/twin.ts'));
    write(root, 'ignored/venv/pyvenv.cfg');
    link(root, 'ignored/venv/bin/python', '/usr/bin/python3');
    fs.utimesSync(join(root, '.gitignore'), 5, 5);
    const verdict = await turn.verdict();
    expect(verdict.violations).toEqual([]);
    const summary = verdict.paths.map(({ path, change, standing }) => `${change} ${standing} ${path}`);
    expect(summary).toEqual(
      [
        'added ignored ignored/cache.bin',
        'added ignored ignored/venv/bin/python',
        'added ignored ignored/venv/pyvenv.cfg',
        'added untracked inside',
        'added untracked neu/Größe ☃.txt',
        'added untracked new name.txt',
        'added untracked src/twin.ts',
        'deleted tracked gone.txt',
        'deleted tracked old name.txt',
        'modified tracked README.md',
        'modified tracked tool.sh',
      ].sort((a, b) => (a.split(' ').slice(2).join(' ') < b.split(' ').slice(2).join(' ') ? -1 : 1)),
    );
    expect(verdict.paths.find(({ path }) => path === 'tool.sh')?.notes).toEqual([
      'executable',
      'set-user-id',
    ]);
  });

  it('sees a change of the same size made in the second of the check-out', async () => {
    repository = createTestRepository();
    const turn = await beginTurn(repository);
    fs.writeFileSync(join(turn.worktree.path, 'src/app.ts'), 'export const a = 2;\n');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await turn.verdict()).paths.map(({ path }) => path)).toEqual(['src/app.ts']);
  });

  it('says nothing of what stood there before the turn, and does not mind the owner pushing a branch', async () => {
    repository = createTestRepository();
    const before = await beginTurn(repository);
    write(before.worktree.path, 'ignored/.env');
    const turn = await beginTurn(repository);
    repository.sh(['config', 'branch.main.remote', 'origin']);
    expect(await turn.verdict()).toEqual({ ok: true, violations: [], notices: [], paths: [] });
  });

  it('allows only what an allow list names', async () => {
    repository = createTestRepository();
    const turn = await beginTurn(repository);
    write(turn.worktree.path, 'src/app.ts', 'ok');
    write(turn.worktree.path, 'docs/x.md');
    const verdict = await turn.verdict({ allow: ['src/**'], deny: [] });
    expect(verdict.violations).toEqual([{ path: 'docs/x.md', rule: 'not on the allow list' }]);
  });

  it('finds one file among thousands of ignored ones', { timeout: 60_000 }, async () => {
    repository = createTestRepository();
    const turn0 = await beginTurn(repository);
    const root = turn0.worktree.path;
    // HOMER_MEASURE=1 makes it fifty thousand and prints how long it took and how long the event loop was held up.
    const folders = process.env['HOMER_MEASURE'] ? 500 : 80;
    for (let folder = 0; folder < folders; folder += 1) {
      fs.mkdirSync(join(root, `ignored/${String(folder)}`), { recursive: true });
      for (let file = 0; file < 100; file += 1)
        fs.writeFileSync(join(root, `ignored/${String(folder)}/${String(file)}`), '');
    }
    const turn = await beginTurn(repository);
    write(root, 'ignored/77/.env');
    const began = performance.now();
    let last = began;
    let worst = 0;
    const beat = setInterval(() => {
      worst = Math.max(worst, performance.now() - last);
      last = performance.now();
    }, 1);
    const verdict = await turn.verdict();
    clearInterval(beat);
    if (process.env['HOMER_MEASURE']) console.log({ ms: performance.now() - began, worst });
    expect(verdict.paths.map(({ path }) => path)).toEqual(['ignored/77/.env']);
    expect(verdict.ok).toBe(false);
  });
});
