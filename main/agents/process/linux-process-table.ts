import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import type { ProcessRow, ProcessTable } from './process-table.ts';

const SLICE = 64;
const MARK = Buffer.from('HOMER_TAG=');
/** Kept for a process that has none. */
const NO_TAG = '';

/**
 * Reads /proc. Listings are shared: callers that ask while one is being read all get the next one, so that many turns ending
 * at once cost one listing. Tags are kept as long as their process lives: an environment belongs to a process from its start.
 */
export function createLinuxProcessTable(): ProcessTable {
  let boot: string | undefined;
  let running: Promise<readonly ProcessRow[]> | undefined;
  let next: Promise<readonly ProcessRow[]> | undefined;
  let tags = new Map<string, string>();

  const readAll = async (): Promise<readonly ProcessRow[]> => {
    const rows: ProcessRow[] = [];
    let inSlice = 0;
    for (const name of readdirSync('/proc')) {
      const pid = Number(name);
      if (!Number.isInteger(pid)) continue;
      const row = readRow(pid);
      if (row) rows.push(row);
      inSlice += 1;
      if (inSlice < SLICE) continue;
      inSlice = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const alive = new Set(rows.map(keyOf));
    tags = new Map([...tags].filter(([key]) => alive.has(key)));
    return rows;
  };
  const begin = (): Promise<readonly ProcessRow[]> => {
    const listing = readAll().finally(() => {
      if (running === listing) running = undefined;
    });
    running = listing;
    return listing;
  };

  return {
    bootId: async () => (boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    ownGroup: async () => readRow(process.pid)?.group ?? 0,
    find: async (pid) => readRow(pid),
    list() {
      if (!running) return begin();
      next ??= running.then(() => {
        next = undefined;
        return begin();
      });
      return next;
    },
    async tagOf(row) {
      const key = keyOf(row);
      const kept = tags.get(key);
      if (kept !== undefined) return kept === NO_TAG ? undefined : kept;
      const environ = readProc(`/proc/${String(row.pid)}/environ`);
      // A process that is just becoming another program shows none for a moment: that says nothing about it yet.
      if (!environ?.length) return undefined;
      const tag = tagIn(environ);
      tags.set(key, tag ?? NO_TAG);
      return tag;
    },
    writesInto: async (row, folder) => writesInto(row.pid, folder),
    *newestFirst(except) {
      const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
      for (const pid of pids.sort((a, b) => b - a)) {
        if (except.has(pid)) continue;
        const row = readRow(pid);
        if (row) yield row;
      }
    },
    lastGiven: () => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[4]),
  };
}

function keyOf(row: ProcessRow): string {
  return `${String(row.pid)}:${row.startTime}`;
}

function readRow(pid: number): ProcessRow | undefined {
  const stat = readProc(`/proc/${String(pid)}/stat`)?.toString('latin1');
  if (stat === undefined) return undefined;
  // The name stands in brackets and may itself hold brackets and blanks; the rest is counted from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parent, group, session] = fields;
  const startTime = fields[19];
  if (state === undefined || startTime === undefined) return undefined;
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    startTime,
    zombie: state === 'Z' || state === 'X',
  };
}

function tagIn(environ: Buffer): string | undefined {
  for (let at = environ.indexOf(MARK); at >= 0; at = environ.indexOf(MARK, at + 1)) {
    if (at > 0 && environ[at - 1] !== 0) continue;
    const end = environ.indexOf(0, at);
    return environ.toString('utf8', at + MARK.length, end < 0 ? environ.length : end);
  }
  return undefined;
}

/** Of the flags in fdinfo, which are octal: opened to write, or to read and write. */
const WRITING = 0o3;

function writesInto(pid: number, folder: string): boolean {
  const files = `/proc/${String(pid)}/fd`;
  return quietly(() => readdirSync(files), []).some((file) => {
    const target = quietly(() => readlinkSync(`${files}/${file}`), '');
    if (!target.startsWith(`${folder}/`)) return false;
    const info = readProc(`/proc/${String(pid)}/fdinfo/${file}`)?.toString('latin1') ?? '';
    return (parseInt(/^flags:\s*([0-7]+)/m.exec(info)?.[1] ?? '0', 8) & WRITING) !== 0;
  });
}

function quietly<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (isGone(error)) return otherwise;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  // Gone since it was listed, or another user's.
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM';
}

/** Big enough for a line of stat; what does not fit is read on. */
const page = Buffer.allocUnsafe(4_096);

/** As `readFileSync`, without asking for a size that these files do not have: a listing opens one of them for each process. */
function readProc(path: string): Buffer | undefined {
  return quietly<Buffer | undefined>(() => {
    const file = openSync(path, 'r');
    try {
      const bytes = readSync(file, page, 0, page.length, null);
      return bytes < page.length
        ? Buffer.from(page.subarray(0, bytes))
        : Buffer.concat([page, readFileSync(file)]);
    } finally {
      closeSync(file);
    }
  }, undefined);
}
