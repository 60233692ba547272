import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';

// The text of the thread stands here, not in a file: a bundle has one file, and no path to a second.
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { isUtf8 } = require('node:buffer');
const faults = [];
try {
  const Database = require(workerData.module);
  const raw = new Database(workerData.path, { readonly: !workerData.settle, fileMustExist: true, timeout: 5000 });
  try {
    if (workerData.settle) raw.pragma('journal_mode = DELETE');
    for (const row of raw.pragma('integrity_check')) if (row.integrity_check !== 'ok') faults.push(String(row.integrity_check));
    const orphans = raw.pragma('foreign_key_check').length;
    if (orphans > 0) faults.push(orphans + ' rows point to rows that are gone');
    const tables = raw.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all();
    for (const table of faults.length > 0 ? [] : tables) {
      const columns = raw.prepare("SELECT name FROM pragma_table_xinfo(?) WHERE type = 'TEXT' AND hidden = 0").pluck().all(table);
      if (columns.length === 0) continue;
      const bytes = columns.map((column) => 'CAST("' + column + '" AS BLOB)').join(', ');
      for (const row of raw.prepare('SELECT ' + bytes + ' FROM "' + table + '"').raw().iterate())
        if (row.some((value) => value !== null && !isUtf8(value))) {
          faults.push('a text in the table ' + table + ' is not text');
          break;
        }
    }
  } finally {
    raw.close();
  }
} catch (error) {
  faults.push(String(error && error.message || error));
}
parentPort.postMessage(faults);
`;

/**
 * The full check of a database file, in a thread of its own, so that the event loop is never held: every page, index and reference, and
 * whether every text is text, which is where SQLite itself looks away.
 * Gives every fault in words; none when sound. `settle` first takes the file out of write-ahead mode, which makes it one file: for
 * copies that nobody else has open.
 */
export function checkInThread(
  path: string,
  scope: Scope,
  options: { settle?: boolean } = {},
): Promise<string[]> {
  return new Promise((resolve) => {
    const worker = new Worker(THREAD, {
      eval: true,
      workerData: {
        path,
        settle: options.settle ?? false,
        module: createRequire(import.meta.url).resolve('better-sqlite3'),
      },
    });
    const forget = scope.add('check of a database', async () => {
      await worker.terminate();
    });
    let said: string[] | null = null;
    worker.on('message', (faults: string[]) => {
      said = faults;
    });
    worker.on('error', (error) => {
      said = [messageOf(error)];
    });
    worker.on('exit', () => {
      void forget();
      resolve(said ?? ['the check was cut off']);
    });
  });
}
