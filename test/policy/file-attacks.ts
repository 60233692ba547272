import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Attack } from './attack.ts';
import { link, named, put } from './make-attack.ts';
import { raceAttacks } from './race-attacks.ts';

const denied = /denied by/u;
const leaves = /leaves the worktree/u;
const same = /same name as/u;

const writes = (group: string, name: string, file: string, rule = denied): Attack =>
  named(group)(name, { refused: file, rule }, ({ root }) => {
    put(root, file);
  });
const links = (name: string, file: string, target: string, rule = leaves): Attack =>
  named('symbolic links')(name, { refused: file, rule }, ({ root }) => {
    link(root, file, target);
  });

const names: readonly Attack[] = [
  writes('denied names', 'an ignored .env', '.env'),
  writes('denied names', '.env in a folder', 'deep/er/.env.local'),
  writes('denied names', 'the settings of the project', 'config.yaml'),
  writes('denied names', 'a key file', 'certs/server.pem'),
  writes('denied names', 'a private key without ending', 'keys/id_ed25519'),
  writes('denied names', "Homer's own folder inside", '.workspace/x'),
  writes('denied names', 'an ignored npm credential', 'ignored/.npmrc'),
  writes('denied names', 'a netrc', 'home/.netrc'),
  writes('case', '.ENV in capitals', '.ENV'),
  writes('case', 'a key file in capitals', 'certs/server.PEM'),
  writes('case', '.GIT in capitals as a file', 'sub/.GIT'),
  writes('case', 'a name that collides where case does not count', 'readme.MD', same),
  writes('case', 'a file that is a folder where case does not count', 'SRC', same),
  writes('case', 'a folder that is a file where case does not count', 'readme.md/x', same),
  writes('unicode', 'full-width letters', '.\uff45\uff4e\uff56'),
  writes('unicode', 'a zero-width joiner', '.e\u200dnv'),
  writes('unicode', 'a zero-width space', '.e\u200bnv'),
  writes('unicode', 'a byte order mark', '\ufeff.env'),
  writes('unicode', 'a soft hyphen', '.en\u00adv'),
  writes('unicode', 'a long s', '\u017fecrets.txt'),
  writes('unicode', 'the Kelvin sign', 'a.\u212aey'),
  writes('unicode', 'mathematical letters', '.\u{1d41e}\u{1d427}\u{1d42f}'),
  writes('unicode', '.git with an ignorable character', 'sub/.g\u200cit'),
  writes('unicode', 'a direction override in the name', 'invoice\u202egpj.exe', /hides what it is/u),
  writes('unicode', 'a direction isolate in a folder', 'a\u2066b/c', /hides what it is/u),
  writes('unicode', 'a line break in the name', 'a\nb', /hides what it is/u),
  writes('unicode', 'a terminal escape in the name', 'a\u001b[2Jb', /hides what it is/u),
  writes('unicode', 'a Cyrillic twin of a name', 'RE\u0410DME.md'.replace('\u0410', '\u0430'), same),
  writes('unicode', 'an invisible twin of a name', 'README\u200b.md', same),
  named('unicode')('a decomposed twin of a name', { refused: 'caf\u00e9', rule: same }, ({ root }) => {
    put(root, 'caf\u00e9');
    put(root, 'cafe\u0301');
  }),
  named('unicode')(
    'a decomposed form of a denied name',
    { refused: 'gro\u0308sse.txt', rule: denied },
    ({ root }) => {
      put(root, 'gro\u0308sse.txt');
    },
    { policy: { allow: [], deny: ['gr\u00f6sse.txt'] } },
  ),
  named('unicode')(
    'a composed form of a name denied in its decomposed one',
    { refused: 'gr\u00f6sse.txt', rule: denied },
    ({ root }) => {
      put(root, 'gr\u00f6sse.txt');
    },
    { policy: { allow: [], deny: ['gro\u0308sse.txt'] } },
  ),
  named('unicode')('a name that is not UTF-8', { refused: 'bad\uFFFD', rule: /UTF-8/u }, ({ root }) => {
    fs.writeFileSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff])]), 'x');
  }),
  writes('other systems', 'a trailing dot, dropped on Windows', 'config.yaml.'),
  writes('other systems', 'a trailing space, dropped on Windows', 'config.yaml '),
  writes('other systems', 'dots and spaces mixed', '.env. .'),
  writes('other systems', 'a stream name', 'config.yaml::$DATA'),
  writes('other systems', 'an index stream of .git', 'sub/.git::$INDEX_ALLOCATION'),
  writes('other systems', 'a backslash as separator', '.workspace\\x'),
  writes('other systems', 'git~1, the short name of .git', 'sub/git~1'),
  writes('way out by name', 'two dots behind a backslash', '..\\evil', leaves),
  writes('way out by name', 'two dots within', 'a\\..\\..\\evil', leaves),
  writes('way out by name', 'a drive letter', 'C:evil', leaves),
  writes('way out by name', 'an absolute Windows path', 'C:\\Windows\\evil', leaves),
  writes('way out by name', 'a share', '\\\\server\\share', leaves),
  named('allow list')(
    'a path that is on no list',
    { refused: 'docs/x.md', rule: /not on the allow list/u },
    ({ root }) => {
      put(root, 'docs/x.md');
    },
    { policy: { allow: ['src/**'], deny: [] } },
  ),
  named('allow list')(
    'a denied path that is allowed too',
    { refused: 'src/.env', rule: denied },
    ({ root }) => {
      put(root, 'src/.env');
    },
    { policy: { allow: ['**'], deny: ['**/.env'] } },
  ),
];

const linked: readonly Attack[] = [
  links('to an absolute file', 'link', '/etc/passwd'),
  links('to an absolute folder', 'link', '/etc'),
  links('by two dots', 'link', '../../../README.md'),
  links('into the project folder', 'link', '../../../src'),
  links('dangling outside', 'link', '/nonexistent/file'),
  links('dangling, by two dots', 'deep/link', '../../nothing/../../x'),
  links('ignored, outside', 'ignored/link', '/etc'),
  links('a denied file inside', 'link', '.env.production', /leads to \.env\.production: denied/u),
  links('the .git file', 'link', '.git', /leads to \.git: denied/u),
  links('to itself', 'link', 'link'),
  links('posing as an interpreter', 'ignored/bin/python3', '/etc/passwd'),
  links('posing as an interpreter that is one', 'bin/python3', '/usr/bin/python3'),
  named('symbolic links')('a chain outside', { refused: 'a', rule: leaves }, ({ root, outside }) => {
    link(root, 'a', 'b');
    link(root, 'b', 'c/..//..');
    link(root, 'c', outside);
  }),
  named('symbolic links')('a long chain outside', { refused: 'l0', rule: leaves }, ({ root, outside }) => {
    for (let count = 0; count < 45; count += 1) link(root, `l${String(count)}`, `l${String(count + 1)}`);
    link(root, 'l45', outside);
  }),
  named('symbolic links')(
    'a tracked folder swapped for a link outside',
    { refused: 'src', rule: leaves },
    ({ root, outside }) => {
      fs.rmSync(join(root, 'src'), { recursive: true });
      link(root, 'src', outside);
    },
  ),
  named('symbolic links')(
    'a tracked file swapped for a link outside',
    { refused: 'README.md', rule: leaves },
    ({ root, outside }) => {
      fs.rmSync(join(root, 'README.md'));
      link(root, 'README.md', join(outside, 'file'));
    },
  ),
  named('symbolic links')(
    'through a folder that is a link',
    { refused: 'inner', rule: leaves },
    ({ root, outside }) => {
      link(root, 'ignored/out', outside);
      link(root, 'inner', 'ignored/out/file');
    },
  ),
  named('symbolic links')(
    'moved in with its folder, which keeps its times',
    { refused: 'moved/link', rule: leaves },
    ({ root }) => {
      fs.renameSync(join(root, 'ignored/held'), join(root, 'moved'));
    },
    {
      before: ({ root, outside }) => {
        link(root, 'ignored/held/link', outside);
      },
    },
  ),
  named('symbolic links')(
    'an ignored folder swapped for a link outside',
    { refused: 'ignored/cache', rule: leaves },
    ({ root, outside }) => {
      fs.rmSync(join(root, 'ignored/cache'), { recursive: true });
      link(root, 'ignored/cache', outside);
    },
    {
      before: ({ root }) => {
        put(root, 'ignored/cache/x');
      },
    },
  ),
];

const shapes: readonly Attack[] = [
  named('renames and deletions')(
    'a rename to a denied name',
    { refused: 'config.yaml', rule: denied },
    ({ root }) => {
      fs.renameSync(join(root, 'README.md'), join(root, 'config.yaml'));
    },
  ),
  named('renames and deletions')(
    'a rename out of a denied name',
    { refused: 'ignored/.npmrc', rule: denied },
    ({ root }) => {
      fs.renameSync(join(root, 'ignored/.npmrc'), join(root, 'notes.txt'));
    },
    {
      before: ({ root }) => {
        put(root, 'ignored/.npmrc');
      },
    },
  ),
  named('renames and deletions')(
    'a folder renamed so that what is in it has a denied name',
    { refused: '.workspace/file', rule: denied },
    ({ root }) => {
      fs.renameSync(join(root, 'ignored/w'), join(root, '.workspace'));
    },
    {
      before: ({ root }) => {
        put(root, 'ignored/w/file');
      },
    },
  ),
  named('renames and deletions')(
    'a tracked folder renamed is seen whole',
    { seen: 'lib/app.ts' },
    ({ root }) => {
      fs.renameSync(join(root, 'src'), join(root, 'lib'));
    },
  ),
  named('renames and deletions')(
    'a denied ignored file deleted',
    { refused: '.env', rule: denied },
    ({ root }) => {
      fs.rmSync(join(root, '.env'));
    },
    {
      before: ({ root }) => {
        put(root, '.env');
      },
    },
  ),
  named('renames and deletions')(
    'a folder with a denied ignored file deleted',
    { refused: 'ignored/deep/id_rsa', rule: denied },
    ({ root }) => {
      fs.rmSync(join(root, 'ignored'), { recursive: true });
    },
    {
      before: ({ root }) => {
        put(root, 'ignored/deep/id_rsa');
      },
    },
  ),
  named('renames and deletions')(
    'a denied ignored file swapped by moving folders',
    { refused: 'ignored/a/id_rsa', rule: denied },
    ({ root }) => {
      fs.rmSync(join(root, 'ignored/a'), { recursive: true });
      fs.renameSync(join(root, 'ignored/b'), join(root, 'ignored/a'));
    },
    {
      before: ({ root }) => {
        put(root, 'ignored/a/id_rsa', 'one\n');
        put(root, 'ignored/b/id_rsa', 'two\n');
      },
    },
  ),
  named('ignored files')(
    'a denied ignored file changed',
    { refused: 'ignored/.npmrc', rule: denied },
    ({ root }) => {
      fs.appendFileSync(join(root, 'ignored/.npmrc'), 'more\n');
    },
    {
      before: ({ root }) => {
        put(root, 'ignored/.npmrc');
      },
    },
  ),
  named('ignored files')(
    'a forged modification time',
    { refused: 'ignored/id_rsa', rule: denied },
    ({ root }) => {
      put(root, 'ignored/id_rsa');
      fs.utimesSync(join(root, 'ignored/id_rsa'), 1, 1);
    },
  ),
  named('ignored files')(
    'an ignore rule of its own for what it writes',
    { refused: 'credentials.json', rule: denied },
    ({ root }) => {
      put(root, '.gitignore', '*\n');
      put(root, 'credentials.json');
    },
  ),
  named('repositories inside')(
    'a nested repository',
    { refused: 'nested/.git', rule: /repository inside|denied/u },
    ({ root, git }) => {
      put(root, 'nested/x');
      git(['init', '-q'], join(root, 'nested'));
    },
  ),
  named('repositories inside')('a nested .git file', { refused: 'nested/.git', rule: denied }, ({ root }) => {
    put(root, 'nested/.git', 'gitdir: /tmp/elsewhere\n');
  }),
  named('repositories inside')(
    'a nested .git that is a link',
    { refused: 'nested/.git', rule: denied },
    ({ root, outside }) => {
      link(root, 'nested/.git', outside);
    },
  ),
  named('repositories inside')(
    'a bare repository in an ignored folder with another name',
    { seen: 'new.txt' },
    ({ root, git }) => {
      git(['init', '-q', '--bare', join(root, 'ignored/bare')]);
      put(root, 'new.txt');
    },
  ),
  named('submodules')('added', { refused: '.gitmodules', rule: /submodules/u }, ({ root, project, git }) => {
    git(['-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', project, 'module'], root);
  }),
  named('submodules')(
    'a list of them written by hand',
    { refused: '.gitmodules', rule: /submodules/u },
    ({ root }) => {
      put(root, '.gitmodules', '[submodule "x"]\n\tpath = x\n\turl = ext::sh\n\tupdate = !sh\n');
    },
  ),
  named('submodules')('the list in capitals', { refused: '.GITMODULES', rule: /submodules/u }, ({ root }) => {
    put(root, '.GITMODULES');
  }),
  named('submodules')('only in the index', { absent: 'module' }, ({ git, base }) => {
    git(['update-index', '--add', '--cacheinfo', `160000,${base},module`]);
  }),
  named('file modes')('an executable bit is shown and kept', { seen: 'src/app.ts' }, ({ root }) => {
    fs.chmodSync(join(root, 'src/app.ts'), 0o755);
  }),
  named('file modes')('set-user-id does not travel', { seen: 'tool.sh' }, ({ root }) => {
    put(root, 'tool.sh');
    fs.chmodSync(join(root, 'tool.sh'), 0o4755);
  }),
  named('hard links')('to a file outside', { refused: 'twin', rule: /hard link/u }, ({ root, outside }) => {
    fs.linkSync(join(outside, 'file'), join(root, 'twin'));
  }),
  named('hard links')(
    "to a file of the owner's checkout",
    { refused: 'twin.md', rule: /hard link/u },
    ({ root, project }) => {
      fs.linkSync(join(project, 'README.md'), join(root, 'twin.md'));
    },
  ),
  named('hard links')(
    'to a denied file inside',
    { refused: 'ignored/.npmrc', rule: denied },
    ({ root }) => {
      fs.linkSync(join(root, 'ignored/.npmrc'), join(root, 'notes.txt'));
    },
    {
      before: ({ root }) => {
        put(root, 'ignored/.npmrc');
      },
    },
  ),
  named('special files')('a pipe', { refused: 'pipe', rule: /neither a file/u }, ({ root }) => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
  }),
  named('special files')('an ignored pipe', { refused: 'ignored/p', rule: /neither a file/u }, ({ root }) => {
    fs.mkdirSync(join(root, 'ignored'));
    execFileSync('mkfifo', [join(root, 'ignored/p')]);
  }),
  named('special files')(
    'a pipe in the place of a tracked file',
    { refused: 'README.md', rule: /neither a file/u },
    ({ root }) => {
      fs.rmSync(join(root, 'README.md'));
      execFileSync('mkfifo', [join(root, 'README.md')]);
    },
  ),
  named('special files')('a socket', { refused: 'sock', rule: /neither a file/u }, ({ root }) => {
    // It kills itself, so that the socket stays behind.
    const listen = `require('net').createServer().listen('sock',()=>process.kill(process.pid,'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', listen], { cwd: root, stdio: 'ignore' });
  }),
  {
    group: 'special files',
    name: 'a device',
    does: ({ root }) => {
      try {
        execFileSync('mknod', [join(root, 'null'), 'c', '1', '3'], { stdio: 'ignore' });
        return undefined;
      } catch {
        return 'only the superuser may make devices';
      }
    },
    outcome: { refused: 'null', rule: /neither a file/u },
  },
];

export const fileAttacks: readonly Attack[] = [...names, ...linked, ...shapes, ...raceAttacks];
