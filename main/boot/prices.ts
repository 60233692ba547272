import { readFileSync, statSync } from 'node:fs';
import { builtInPrices, overlay, priceTableSchema, type PriceTable } from '../domain/cost/price-table.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';

export interface Prices {
  /** The built-in table, with the owner's file over it as that stands now. */
  readonly table: () => PriceTable;
  readonly status: () => { file: string; overridden: boolean; problem: string | null };
}

/** Most bytes of a price file: far more than any needs. */
const MOST_BYTES = 4_000_000;

/** Reads the owner's prices again whenever their file has changed. A file that cannot be used changes nothing, and is told of. */
export function createPrices({ file, log }: { file: string; log: Log }): Prices {
  let seen = '';
  let table = builtInPrices;
  let problem: string | null = null;
  let overridden = false;

  const look = (): void => {
    const mark = markOf(file);
    if (mark === seen) return;
    seen = mark;
    [table, problem, overridden] = [builtInPrices, null, false];
    if (mark === '') return;
    const read = readTable(file);
    if (typeof read === 'string') {
      problem = read;
      log.warn('the price file cannot be used', { file, problem });
      return;
    }
    table = overlay(read, builtInPrices);
    overridden = true;
  };

  return {
    table: () => {
      look();
      return table;
    },
    status: () => {
      look();
      return { file, overridden, problem };
    },
  };
}

/** Changes with the file; empty when there is none. */
function markOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${String(stat.mtimeMs)} ${String(stat.size)}` : '';
}

/** The table, or what is wrong with it. */
function readTable(file: string): PriceTable | string {
  try {
    if (statSync(file).size > MOST_BYTES) return 'It is larger than 4 MB.';
    const parsed = priceTableSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`;
  } catch (error) {
    return messageOf(error);
  }
}
