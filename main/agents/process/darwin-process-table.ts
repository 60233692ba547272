import { execa } from 'execa';
import type { ProcessRow, ProcessTable } from './process-table.ts';

const COLUMNS = 'pid=,ppid=,pgid=,sess=,stat=,lstart=';
const ROW = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(.+?)\s*$/;

/** Asks `ps` and `sysctl`. `ps` shows no session number there, so stragglers are found by group, parent and tag. */
export function createDarwinProcessTable(): ProcessTable {
  let boot: string | undefined;
  const ask = async (program: string, args: readonly string[]): Promise<string> => {
    // `ps` ends with 1 when no process fits; that is an answer.
    const { stdout } = await execa(program, args, { reject: false, env: { LC_ALL: 'C' } });
    return stdout;
  };
  const find = async (pid: number): Promise<ProcessRow | undefined> =>
    parseRows(await ask('/bin/ps', ['-o', COLUMNS, '-p', String(pid)]))[0];
  return {
    bootId: async () => (boot ??= (await ask('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid'])).trim()),
    ownGroup: async () => (await find(process.pid))?.group ?? 0,
    find,
    list: async () => parseRows(await ask('/bin/ps', ['-axo', COLUMNS])),
    writesInto: async () => false,
    async tagOf(row) {
      const words = await ask('/bin/ps', ['-Eww', '-o', 'command=', '-p', String(row.pid)]);
      return /(?:^|\s)HOMER_TAG=(\S+)/.exec(words)?.[1];
    },
  };
}

function parseRows(text: string): ProcessRow[] {
  return text.split('\n').flatMap((line) => {
    const match = ROW.exec(line);
    if (!match) return [];
    const [, pid, parent, group, , state, startTime] = match;
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        session: 0,
        startTime: startTime ?? '',
        zombie: state?.startsWith('Z') ?? false,
      },
    ];
  });
}
