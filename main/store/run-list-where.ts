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

/** What a row of the list says; its status and why it waits are looked up by name. `:like` is the word. */
const SAID = `(run.name LIKE :like ESCAPE '\\' OR project.name LIKE :like ESCAPE '\\' OR run.executor_label LIKE :like ESCAPE '\\'
  OR run.error LIKE :like ESCAPE '\\' OR (run.status = 'blocked' AND run.question LIKE :like ESCAPE '\\')
  OR ('#' || run.number) LIKE :number ESCAPE '\\'
  OR EXISTS (SELECT 1 FROM executor_account WHERE id = run.executor_account_id AND label LIKE :like ESCAPE '\\')
  OR EXISTS (SELECT 1 FROM proposal WHERE id = run.proposal_id AND title LIKE :like ESCAPE '\\')
  OR (run.rolled_back_at IS NOT NULL AND 'rolled back' LIKE :like ESCAPE '\\')
  OR (run.execution ->> '$.dryRun' = 1 AND 'dry run' LIKE :like ESCAPE '\\')
  OR run.status IN (SELECT value FROM json_each(:named)) OR run.id IN (SELECT value FROM json_each(:waiting)))`;

/** The condition of a filter over `run JOIN project`. */
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
    const name = (of: string): string => `${of}${String(at)}`;
    const escaped = word.replaceAll(/[\\%_]/gu, (character) => `\\${character}`);
    parts.push(SAID.replaceAll(/:(like|number|named|waiting)\b/gu, (_, of: string) => `:${name(of)}`));
    values[name('like')] = `%${escaped}%`;
    values[name('number')] = `${escaped.startsWith('#') ? '' : '#'}${escaped}%`;
    values[name('named')] = JSON.stringify(statusesNamed(word));
    values[name('waiting')] = JSON.stringify(filter.waitingFor?.(word) ?? []);
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
