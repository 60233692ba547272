import { accessSync, constants, statfsSync } from 'node:fs';
import { release } from 'node:os';
import type { Git } from '../workspace/git.ts';
import type { Store } from '../store/store.ts';
import type { SignedIn } from '../domain/account/signed-in.ts';

interface Check {
  name: string;
  status: 'ok' | 'warning' | 'error';
  detail: string;
  hint: string | null;
}

const LOW_DISK_BYTES = 1024 ** 3;

/** Looks at what Homer needs, each with what to do about it. */
export async function examine(options: {
  store: Store;
  git: Git;
  dataFolder: string;
  /** Also read every page of the database, in a thread beside. */
  full: boolean;
  found: {
    name: string;
    label: string;
    usable: boolean;
    found: boolean;
    version: string | null;
    signedIn: SignedIn;
    signIn: string;
  }[];
}): Promise<Check[]> {
  const { store, git, dataFolder } = options;
  const checks: Check[] = [];
  const major = Number(process.versions.node.split('.')[0]);
  checks.push({
    name: 'Node',
    status: major >= 22 ? 'ok' : 'error',
    detail: `${process.versions.node} on ${process.platform} ${release()}`,
    hint: major >= 22 ? null : 'Start Homer by its npm scripts; they bring Node 24 along.',
  });
  const version = await git.run({ folder: dataFolder }, ['version']);
  checks.push(
    version.ok
      ? { name: 'git', status: 'ok', detail: version.value.text().replace('git version ', ''), hint: null }
      : {
          name: 'git',
          status: 'error',
          detail: version.error.message,
          hint: version.error.hint ?? 'Install git 2.38 or newer.',
        },
  );
  const faults = options.full ? await store.checkFully() : store.check(false);
  checks.push({
    name: 'Database',
    status: faults.length === 0 ? 'ok' : 'error',
    detail:
      faults.length === 0
        ? `sound (${options.full ? 'full check' : 'quick check; --full reads every page'}), schema ${String(store.schema)}, ${store.path}`
        : (faults[0] ?? ''),
    hint:
      faults.length === 0
        ? null
        : 'Quit Homer and run `homer restore --newest`: it sets the damaged file aside and goes back to the newest good backup.',
  });
  checks.push(writable(dataFolder));
  const disk = statfsSync(dataFolder);
  const free = disk.bavail * disk.bsize;
  checks.push({
    name: 'Disk',
    status: free < LOW_DISK_BYTES ? 'warning' : 'ok',
    detail: `${(free / 1024 ** 3).toFixed(1)} GiB free`,
    hint: free < LOW_DISK_BYTES ? 'Free some space: worktrees and output need it.' : null,
  });
  const newest = store.backups()[0];
  checks.push({
    name: 'Backups',
    status: newest ? 'ok' : 'warning',
    detail: newest ? `newest from ${newest.createdAt}` : 'none yet',
    hint: newest ? null : 'Make one with `homer backup`.',
  });
  const agents = options.found.filter((executor) => executor.found);
  const real = agents.filter(({ name, usable }) => usable && name !== 'shell');
  const unsigned = real.filter(({ signedIn }) => signedIn === 'no');
  checks.push({
    name: 'Executors',
    status: real.length === 0 || unsigned.length > 0 ? 'warning' : 'ok',
    detail: agents
      .map((executor) => (executor.version ? `${executor.name} ${executor.version}` : executor.name))
      .join(', '),
    hint:
      real.length === 0
        ? 'No agent program was found. Settings › Executors says how to install one.'
        : unsigned.map(({ label, signIn }) => `${label} is not signed in. ${signIn}`.trim()).join(' ') ||
          null,
  });
  return checks;
}

function writable(folder: string): Check {
  try {
    accessSync(folder, constants.W_OK);
    return { name: 'Data folder', status: 'ok', detail: folder, hint: null };
  } catch (error) {
    return {
      name: 'Data folder',
      status: 'error',
      detail: `${folder}: ${String(error)}`,
      hint: 'Make the folder writable.',
    };
  }
}
