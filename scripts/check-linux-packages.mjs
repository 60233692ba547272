// Makes the Debian package and the AppImage with the tools of this machine and a stand-in for Electron, opens both, and starts what is in
// them: `npm run package:linux`, in half a minute. It needs dpkg-deb, squashfs-tools and desktop-file-utils; appstreamcli where it is there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractAll } from '@electron/asar';
import { Arch, build, Platform } from 'electron-builder';
import { launchStandIn, until } from '../test/fakes/desktop/launch.ts';
import { appImageTools } from './appimage-tools.mjs';
import { ownerAddresses } from './owner-addresses.ts';
import { stageCommand } from './stage-command.mjs';
import { stageUpdate } from './stage-update.mjs';
import { standInDist } from './stand-in-dist.mjs';

const root = path.join(import.meta.dirname, '..');
const work = mkdtempSync(path.join(tmpdir(), 'homer-linux-packages-'));
const owner = ownerAddresses({
  HOMER_HOMEPAGE: 'https://homer.example.org/',
  HOMER_MAINTAINER: 'Sam Doe <sam@example.org>',
});
let failed = false;
const say = (what, problems) => {
  failed ||= problems.length > 0;
  console.log(`linux packages: ${what}: ${problems.length === 0 ? 'good' : `${problems.length} problems`}`);
  for (const problem of problems) console.error(`  ${problem}`);
};
const run = (program, args, options = {}) => {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (error) throw error;
  return { status, out: `${stdout}${stderr}` };
};
const wanted = (program, args, options) => {
  const { status, out } = run(program, args, options);
  if (status !== 0) throw new Error(`${program} ${args[0]} failed: ${out}`);
  return out;
};

try {
  wanted(process.execPath, ['scripts/build.mjs'], { cwd: root });
  stageCommand(root);
  stageUpdate(root, {});
  process.env.CUSTOM_FPM_PATH = path.join(root, 'scripts', 'deb-by-dpkg.mjs');
  process.env.APPIMAGE_TOOLS_PATH = appImageTools(path.join(work, 'appimage-tools'));
  await build({
    targets: Platform.LINUX.createTarget(['deb', 'AppImage'], Arch.x64),
    publish: 'never',
    projectDir: root,
    config: {
      extends: path.join(root, 'electron-builder.yml'),
      electronDist: standInDist(root, path.join(work, 'electron')),
      directories: { output: path.join(work, 'made') },
      compression: 'store',
      extraMetadata: { homepage: owner.homepage },
      linux: { maintainer: owner.maintainer },
    },
  });
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  await checkDeb(path.join(work, 'made', `homer_${version}_amd64.deb`), version);
  checkAppImage(path.join(work, 'made', 'Homer-x86_64.AppImage'));
} finally {
  if (!process.argv.includes('--keep')) rmSync(work, { recursive: true, force: true });
}
// Said outright: what electron-builder does when a process ends sets an exit code of its own.
process.exit(failed ? 1 : 0);

async function checkDeb(file, version) {
  const fields = Object.fromEntries(
    ['Package', 'Version', 'Architecture', 'Maintainer', 'Homepage', 'Depends'].map((name) => [
      name,
      wanted('dpkg-deb', ['--field', file, name]).trim(),
    ]),
  );
  const control = {
    Package: 'homer',
    Version: version,
    Architecture: 'amd64',
    Maintainer: owner.maintainer,
    Homepage: owner.homepage,
  };
  say('what the deb says of itself', [
    ...Object.entries(control)
      .filter(([name, value]) => fields[name] !== value)
      .map(([name, value]) => `${name} is ${fields[name]}, not ${value}`),
    ...['git', 'libsecret-1-0', 'libnotify4']
      .filter((name) => !fields.Depends.split(', ').includes(name))
      .map((name) => `It does not depend on ${name}`),
  ]);

  const scratch = path.join(work, 'scratch');
  wanted('dpkg-deb', ['--extract', file, scratch]);
  const scripts = path.join(work, 'control');
  wanted('dpkg-deb', ['--control', file, scripts]);
  const entry = path.join(scratch, 'usr/share/applications/homer-desktop.desktop');
  const metainfo = path.join(scratch, 'usr/share/metainfo/app.homer.desktop.metainfo.xml');
  const files = [
    'opt/Homer/homer-desktop',
    'opt/Homer/resources/app.asar',
    'opt/Homer/resources/LICENSE',
    'opt/Homer/resources/THIRD-PARTY-NOTICES.txt',
    'opt/Homer/LICENSES.chromium.html',
    'usr/share/doc/homer/copyright',
  ];
  const folders = wanted('dpkg-deb', ['--contents', file])
    .split('\n')
    .filter((line) => line !== '' && !/^(?:drwxr-xr-x|-rwxr-xr-x|-rw-r--r--) root\/root /u.test(line));
  say('what the deb installs', [
    ...folders.map((line) => `This is not everybody's to read, or not the system's: ${line}`),
    ...files.filter((name) => !existsSync(path.join(scratch, name))).map((name) => `It lacks ${name}`),
    ...iconProblems(path.join(scratch, 'usr/share/icons/hicolor')),
    ...problemsOf('desktop-file-validate', [entry]),
    ...problemsOf('appstreamcli', ['validate', '--no-net', metainfo]),
    ...['postinst', 'postrm'].flatMap((name) => problemsOf('bash', ['-n', path.join(scripts, name)])),
    ...problemsOf('md5sum', ['--check', '--quiet', path.join(scripts, 'md5sums')], { cwd: scratch }),
  ]);

  const resources = path.join(scratch, 'opt/Homer/resources');
  const answer = run(process.execPath, [path.join(resources, 'bin/homer.mjs'), 'status', '--json'], {
    env: { ...process.env, HOMER_DATA: path.join(work, 'command-data') },
  });
  say('the command out of the deb answers', answer.status === 0 ? [] : [answer.out]);
  const app = path.join(work, 'app');
  extractAll(path.join(resources, 'app.asar'), app);
  const desktop = await launchStandIn({
    folder: path.join(work, 'run'),
    main: path.join(app, 'out/main/main.js'),
    env: { HOMER_STAND_IN_RESOURCES: resources },
  });
  try {
    const shown = async () => (await desktop.state()).windows.some(({ visible }) => visible);
    await until('the window of the app out of the deb', shown, 30_000);
    say('the app out of the deb opens its window', []);
  } catch (error) {
    say('the app out of the deb opens its window', [String(error), desktop.log()]);
  } finally {
    desktop.signal('SIGKILL');
    await desktop.ended;
  }
}

/** Started as its owner would: its own runtime is a stand-in, its AppRun is the real one. */
function checkAppImage(file) {
  const home = path.join(work, 'home');
  mkdirSync(home);
  const { status, out } = run(file, ['homer://inbox'], { env: { ...process.env, HOME: home, TMPDIR: home } });
  const line = out.split('\n').find((each) => each.startsWith('stand-in: '));
  say('the AppImage starts its program, with its words and its own place', [
    ...(status === 0 && line?.includes('/homer-desktop ') ? [] : [`exit code ${status}: ${out}`]),
    ...(line?.includes('homer://inbox') ? [] : ['The words it was started with are lost']),
    ...(line?.endsWith(`APPIMAGE=${file}`) ? [] : ['The program does not learn where its AppImage is']),
  ]);
  const inside = path.join(work, 'inside');
  wanted('unsquashfs', ['-q', '-n', '-o', '4096', '-d', inside, file]);
  const entry = path.join(inside, 'homer-desktop.desktop');
  say('what the AppImage holds', [
    ...['AppRun', 'resources/app.asar', 'resources/THIRD-PARTY-NOTICES.txt', '.DirIcon']
      .filter((name) => !existsSync(path.join(inside, name)))
      .map((name) => `It lacks ${name}`),
    ...iconProblems(path.join(inside, 'usr/share/icons/hicolor')),
    ...problemsOf('desktop-file-validate', [entry]),
    ...(readFileSync(entry, 'utf8').includes('--no-sandbox') ? ['It is started without a sandbox'] : []),
  ]);
}

/** Each folder of icons must hold one of the size it is named for. */
function iconProblems(folder) {
  return [16, 24, 32, 48, 64, 128, 256, 512].flatMap((size) => {
    const file = path.join(folder, `${size}x${size}`, 'apps', 'homer-desktop.png');
    if (!existsSync(file)) return [`The icon of ${size} is missing`];
    const head = readFileSync(file).subarray(16, 24);
    const real = [head.readUInt32BE(0), head.readUInt32BE(4)];
    return real.every((side) => side === size) ? [] : [`The icon of ${size} is ${real.join(' by ')}`];
  });
}

function problemsOf(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (error?.code === 'ENOENT') {
    console.log(`linux packages: ${program}: skipped, it is not installed`);
    return [];
  }
  return status === 0 ? [] : [`${program}: ${stdout}${stderr}`];
}
