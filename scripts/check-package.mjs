// Packs the app without any Electron (a stand-in holds its place) and looks at what comes out: what is in it and what is not, that its
// bundle runs from it and opens a window, that its command answers, and its desktop file. What only Electron can show stays open.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { getCurrentFuseWire } from '@electron/fuses';
import { Arch, build, Platform } from 'electron-builder';
import { launchStandIn, until } from '../test/fakes/desktop/launch.ts';
import { packageProblems } from './package-problems.ts';
import { stageCommand } from './stage-command.mjs';
import { stageUpdate } from './stage-update.mjs';
import { exeProblems, standInExe } from './stand-in-exe.mjs';
import { standInDist } from './stand-in-dist.mjs';

const root = path.join(import.meta.dirname, '..');
const builderRequire = createRequire(
  createRequire(import.meta.url).resolve('app-builder-lib/out/targets/LinuxTargetHelper'),
);
const { LinuxTargetHelper } = builderRequire('./LinuxTargetHelper');
// electron-builder's own, which writes the property lists of the app.
const plist = builderRequire('plist');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const work = mkdtempSync(path.join(tmpdir(), 'homer-package-'));
let failed = false;
const say = (what, problems) => {
  failed ||= problems.length > 0;
  console.log(`package: ${what}: ${problems.length === 0 ? 'good' : `${problems.length} problems`}`);
  for (const problem of problems) console.error(`  ${problem}`);
};
const skip = (what, why) => console.log(`package: ${what}: skipped, ${why}`);

try {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The build failed.\n${built.stdout}${built.stderr}`);
  stageCommand(root);
  stageUpdate(root, {});
  const electronDist = standInDist(root, path.join(work, 'electron'));
  for (const arch of ['x64', 'arm64']) await check(arch, electronDist);
  standInExe(electronDist);
  await checkWindows(electronDist);
  macRights();
  skip('deb and AppImage', '`npm run package:linux` makes and opens them');
  skip('dmg and nsis', 'their tools are fetched from the network; the packages workflow makes them');
  skip('starting the packed app', 'it needs the real Electron; docs/platforms.md says what is open');
} finally {
  rmSync(work, { recursive: true, force: true });
}
// Said outright: what electron-builder does when a process ends sets an exit code of its own.
process.exit(failed ? 1 : 0);

async function check(arch, electronDist) {
  const output = path.join(work, arch);
  const desktopFile = path.join(work, `homer-${arch}.desktop`);
  // electron-builder holds its configuration to its own schema before anything else.
  await build({
    targets: Platform.LINUX.createTarget('dir', Arch[arch]),
    publish: 'never',
    projectDir: root,
    config: {
      extends: path.join(root, 'electron-builder.yml'),
      electronDist,
      directories: { output },
      afterPack: async ({ packager }) => {
        const helper = new LinuxTargetHelper(packager);
        writeFileSync(desktopFile, await helper.computeDesktopEntry(packager.platformSpecificBuildOptions));
      },
    },
  });
  const app = path.join(output, arch === 'x64' ? 'linux-unpacked' : `linux-${arch}-unpacked`);
  const { extracted, resources } = await filesAndFuses(`linux-${arch}`, app, 'homer-desktop');
  desktopEntry(arch, desktopFile);
  if (process.platform !== 'linux' || process.arch !== arch) {
    skip(`running linux-${arch}`, 'this machine is another');
    return;
  }
  await packedApp(extracted, resources);
  packedCommand(path.join(resources, 'bin', 'homer.mjs'));
}

/** What can be packed for Windows elsewhere: all but the installer, whose tools come from the network, and the signature. */
async function checkWindows(electronDist) {
  const output = path.join(work, 'windows');
  await build({
    targets: Platform.WINDOWS.createTarget('dir', Arch.x64),
    publish: 'never',
    projectDir: root,
    config: {
      extends: path.join(root, 'electron-builder.yml'),
      electronDist,
      directories: { output },
      win: { signExecutable: false },
    },
  });
  const app = path.join(output, 'win-unpacked');
  // The binary is that of the machine that packs, as electron-builder names platforms: packages are made each on its own system.
  await filesAndFuses('win32-x64', app, 'Homer.exe', `${process.platform}-x64`);
  say(
    'version, icons and integrity of the program of win32-x64',
    exeProblems(path.join(app, 'Homer.exe'), { ProductName: 'Homer', FileVersion: version }),
  );
}

/** What a packed app holds, and how its fuses stand; gives where its archive was unpacked to. */
async function filesAndFuses(target, app, program, binary = target) {
  const resources = path.join(app, 'resources');
  const archive = path.join(resources, 'app.asar');
  const extracted = path.join(work, `${target}-app`);
  extractAll(archive, extracted);
  const wire = await getCurrentFuseWire(path.join(app, program));
  say(
    `files and fuses of ${target}`,
    packageProblems({
      target: binary,
      archive: filesOf(
        extracted,
        listPackage(archive).map((file) => file.replaceAll('\\', '/').slice(1)),
      ),
      beside: filesOf(
        resources,
        readdirSync(resources, { recursive: true, encoding: 'utf8' }).filter(
          (file) => !file.startsWith('app.asar'),
        ),
      ),
      fuses: Object.keys(wire)
        .filter((key) => /^\d+$/u.test(key))
        .sort((a, b) => Number(a) - Number(b))
        .map((key) => wire[key] === '1'.charCodeAt(0)),
    }),
  );
  return { extracted, resources };
}

/** What a signed app on macOS may do beyond the hardened runtime: each right more is a hole, so they are listed here too. */
function macRights() {
  const file = path.join(root, 'resources', 'mac', 'entitlements.plist');
  const rights = plist.parse(readFileSync(file, 'utf8'));
  const wanted = { 'com.apple.security.cs.allow-jit': true };
  say(
    'rights of the app on macOS',
    JSON.stringify(rights) === JSON.stringify(wanted) ? [] : [`They are ${JSON.stringify(rights)}`],
  );
}

function desktopEntry(arch, file) {
  const text = readFileSync(file, 'utf8');
  const lacks = [
    'Name=Homer',
    'MimeType=x-scheme-handler/homer;',
    'Categories=Development;',
    'Exec=/opt/Homer/homer-desktop %U',
  ]
    .filter((line) => !text.split('\n').includes(line))
    .map((line) => `The desktop file lacks the line ${line}`);
  const checked = spawnSync('desktop-file-validate', [file], { encoding: 'utf8' });
  if (checked.error) skip('desktop-file-validate', 'it is not installed (Debian: desktop-file-utils)');
  say(`desktop file of linux-${arch}`, [...lacks, ...`${checked.stdout ?? ''}`.split('\n').filter(Boolean)]);
}

/** The bundle out of the archive, under the stand-in for Electron and a real Chromium: every import is found, and a window opens. */
async function packedApp(app, resources) {
  const folder = path.join(work, 'run');
  const desktop = await launchStandIn({
    folder,
    main: path.join(app, 'out', 'main', 'main.js'),
    env: { HOMER_STAND_IN_RESOURCES: resources },
  });
  try {
    await until(
      'the window of the packed app',
      async () => (await desktop.state()).windows.some(({ visible }) => visible),
      30_000,
    );
    const page = await desktop.page();
    await page.locator('#root > *').first().waitFor({ timeout: 15_000 });
    say('the packed app opens its window', []);
  } catch (error) {
    say('the packed app opens its window', [String(error), desktop.log()]);
  } finally {
    desktop.signal('SIGKILL');
    await desktop.ended;
  }
}

function packedCommand(command) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [command, 'status', '--json'], {
    encoding: 'utf8',
    env: { ...process.env, HOMER_DATA: path.join(work, 'command-data') },
  });
  say(
    'the packed command answers',
    status === 0 && stdout.startsWith('{') ? [] : [`exit code ${status}`, stderr],
  );
}

function filesOf(folder, names) {
  return names.flatMap((name) => {
    const stat = statSync(path.join(folder, name), { throwIfNoEntry: false });
    return stat?.isFile() ? [{ path: name.replaceAll('\\', '/'), bytes: stat.size }] : [];
  });
}
