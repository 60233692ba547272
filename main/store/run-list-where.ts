import {
  runListFields,
  searchWords,
  statusesNamed,
  type RunListField,
  type RunListFilter,
} from '../domain/run/run-list-filter.ts';
import type { RunStatus } from '../domain/run/status.ts';
import { behindCondition, type BehindPoint } from './insight-behind.ts';

/** What is asked of the runs: the filter of a list, and what its caller is bound to. */
export interface RunWhere extends RunListFilter {
  readonly statuses?: readonly RunStatus[] | null | undefined;
  readonly projectId?: string | undefined;
  readonly behind?: BehindPoint | undefined;
  /** Queued runs whose reason to wait holds a word: that is found out anew each time, and stands in no column. */
  readonly waitingFor?: ((word: string) => readonly string[]) | undefined;
}

const column: Readonly<Record<RunListField, string>> = {
  status: 'run.status',
  project: 'run.project_id',
  account: 'run.executor_account_id',
};

const LIKE = "LIKE :like ESCAPE '\\'";

/** What a row of the list says of its columns, and of what they name: each of those is looked through once, not for every run. */
const SAID = [
  `run.name ${LIKE}`,
  `run.executor_label ${LIKE}`,
  `run.error ${LIKE}`,
  `(run.status = 'blocked' AND run.question ${LIKE})`,
  `run.project_id IN (SELECT id FROM project WHERE name ${LIKE})`,
  `run.executor_account_id IN (SELECT id FROM executor_account WHERE label ${LIKE})`,
  `run.proposal_id IN (SELECT id FROM proposal WHERE title ${LIKE})`,
];

/** What it says of itself in words of Homer's, where these hold the word. */
const told: Readonly<Record<string, string>> = {
  'rolled back': 'run.rolled_back_at IS NOT NULL',
  'dry run': "run.execution ->> '$.dryRun' = 1",
};

/** Whether a row says the word; the names of its parameters end with `at`. */
function saidBy(
  word: string,
  at: number,
  waitingFor: RunWhere['waitingFor'],
): { readonly sql: string; readonly values: Record<string, string> } {
  const name = (of: string): string => `${of}${String(at)}`;
  const values: Record<string, string> = {
    [name('like')]: `%${word.replaceAll(/[\\%_]/gu, (character) => `\\${character}`)}%`,
  };
  const parts = SAID.map((part) => part.replace(':like', `:${name('like')}`));
  for (const [words, sql] of Object.entries(told)) if (words.includes(word)) parts.push(sql);
  if (/^#?\d+$/u.test(word)) {
    parts.push(`run.number LIKE :${name('number')}`);
    values[name('number')] = `${word.replace('#', '')}%`;
  }
  const statuses = statusesNamed(word);
  if (statuses.length > 0) {
    parts.push(`run.status IN (SELECT value FROM json_each(:${name('named')}))`);
    values[name('named')] = JSON.stringify(statuses);
  }
  const waiting = waitingFor?.(word) ?? [];
  if (waiting.length > 0) {
    parts.push(`run.id IN (SELECT value FROM json_each(:${name('waiting')}))`);
    values[name('waiting')] = JSON.stringify(waiting);
  }
  return { sql: `(${parts.join(' OR ')})`, values };
}

/** The condition of a filter over `run`. */
export function runWhere(filter: RunWhere): {
  readonly sql: string;
  readonly values: Record<string, string | number>;
} {
  const parts: string[] = [];
  const values: Record<string, string | number> = {};
  const among = (sql: string, name: string, wanted: readonly string[]): void => {
    parts.push(`${sql} IN (SELECT value FROM json_each(:${name}))`);
    values[name] = JSON.stringify(wanted);
  };
  if (filter.statuses) among('run.status', 'statuses', filter.statuses);
  if (filter.projectId !== undefined) {
    parts.push('run.project_id = :projectId');
    values['projectId'] = filter.projectId;
  }
  for (const field of runListFields) {
    const wanted = filter[field] ?? [];
    if (wanted.length > 0) among(column[field], field, wanted);
  }
  for (const [at, word] of searchWords(filter.search ?? '').entries()) {
    const said = saidBy(word, at, filter.waitingFor);
    parts.push(said.sql);
    Object.assign(values, said.values);
  }
  if (filter.behind) {
    const { measure, from, to, key } = filter.behind;
    parts.push(behindCondition[measure]);
    values['from'] = from;
    values['to'] = to;
    if (behindCondition[measure].includes(':key')) values['key'] = key;
  }
  return { sql: parts.length === 0 ? '1' : parts.join(' AND '), values };
}
