import type { BriefingFigures, Spend } from '../domain/briefing/briefing.ts';
import { costStateOf } from '../domain/cost/cost-state.ts';
import type { ProposalSource } from '../domain/source/source.ts';
import type { Read, Row, Write } from './database.ts';
import { int, text, textOrNull } from './row.ts';
import { namesOf } from './turn-use-store.ts';

/** What is told of: a stretch of time, and one project or all. */
export interface BriefingScope {
  readonly from: string;
  readonly to: string;
  readonly projectId: string | null;
}

const RUN_PROJECT = '(:projectId IS NULL OR run.project_id = :projectId)';
const PROPOSAL_PROJECT = '(:projectId IS NULL OR proposal.project_id = :projectId)';
/** Turns of runs and of planners alike: both were paid for. */
const TURNS = `(SELECT run_id, account_id, tokens_in + tokens_out AS tokens, cost_micro_usd, cost_source, duration_ms FROM turn_use
    WHERE at >= :from AND at < :to AND (:projectId IS NULL OR project_id = :projectId)
  UNION ALL SELECT NULL, account_id, tokens_in + tokens_out, cost_micro_usd, cost_source, duration_ms FROM planning_turn
    WHERE at >= :from AND at < :to AND (:projectId IS NULL OR project_id = :projectId))`;
const SUMS = `COUNT(*) AS turns, IFNULL(SUM(tokens), 0) AS tokens, IFNULL(SUM(cost_micro_usd), 0) AS cost,
  IFNULL(SUM(cost_source IN ('told', 'priced')), 0) AS known, IFNULL(SUM(cost_source = 'unknown'), 0) AS unknown,
  IFNULL(SUM(cost_source = 'plan'), 0) AS plan`;

export function readBriefingFigures(read: Read, scope: BriefingScope): BriefingFigures {
  const one = (sql: string): Row => read.prepare(sql).get({ ...scope }) ?? {};
  const ended = one(
    `SELECT IFNULL(SUM(status = 'applied'), 0) AS applied, IFNULL(SUM(status = 'completed'), 0) AS completed,
       IFNULL(SUM(status IN ('failed', 'timeout')), 0) AS failed, IFNULL(SUM(status IN ('stopped', 'discarded', 'rejected')), 0) AS given_up,
       IFNULL(SUM(CASE WHEN status = 'applied' AND rolled_back_at IS NULL THEN files_changed END), 0) AS files,
       IFNULL(SUM(CASE WHEN status = 'applied' AND rolled_back_at IS NULL THEN additions END), 0) AS additions,
       IFNULL(SUM(CASE WHEN status = 'applied' AND rolled_back_at IS NULL THEN deletions END), 0) AS deletions
     FROM run WHERE ended_at >= :from AND ended_at < :to AND ${RUN_PROJECT}`,
  );
  const waits = one(
    `SELECT IFNULL(SUM(status = 'review'), 0) AS review, IFNULL(SUM(status = 'blocked'), 0) AS blocked FROM run
     WHERE status IN ('review', 'blocked') AND updated_at >= :from AND updated_at < :to AND ${RUN_PROJECT}`,
  );
  const back = one(
    `SELECT COUNT(*) AS n FROM run WHERE rolled_back_at >= :from AND rolled_back_at < :to AND ${RUN_PROJECT}`,
  );
  const found = one(
    `SELECT COUNT(*) AS n FROM proposal WHERE source <> 'owner' AND created_at >= :from AND created_at < :to AND ${PROPOSAL_PROJECT}`,
  );
  const decided = one(
    `SELECT COUNT(*) AS n FROM decision LEFT JOIN run ON entity = 'run' AND run.id = entity_id
       LEFT JOIN proposal ON entity = 'proposal' AND proposal.id = entity_id
     WHERE decision.created_at >= :from AND decision.created_at < :to
       AND (:projectId IS NULL OR IFNULL(run.project_id, proposal.project_id) = :projectId)`,
  );
  const turns = one(
    `SELECT ${SUMS}, COUNT(DISTINCT run_id) AS worked, IFNULL(SUM(CASE WHEN run_id IS NOT NULL THEN duration_ms END), 0) AS work_ms FROM ${TURNS}`,
  );
  return {
    applied: int(ended, 'applied'),
    completed: int(ended, 'completed'),
    failed: int(ended, 'failed'),
    given_up: int(ended, 'given_up'),
    review: int(waits, 'review'),
    blocked: int(waits, 'blocked'),
    rolledBack: int(back, 'n'),
    worked: int(turns, 'worked'),
    workMs: int(turns, 'work_ms'),
    files: int(ended, 'files'),
    additions: int(ended, 'additions'),
    deletions: int(ended, 'deletions'),
    found: int(found, 'n'),
    decided: int(decided, 'n'),
    tokens: int(turns, 'tokens'),
    costMicroUsd: int(turns, 'cost'),
    costState: stateOf(turns),
  };
}

/** What each account was charged with, the dearest first. */
export function readSpend(read: Read, scope: BriefingScope): Spend[] {
  const rows = read
    .prepare(`SELECT account_id, ${SUMS} FROM ${TURNS} GROUP BY 1 ORDER BY cost DESC, tokens DESC`)
    .all({ ...scope })
    .filter((row) => int(row, 'tokens') > 0 || int(row, 'cost') > 0);
  const ids = rows.flatMap((row) => textOrNull(row, 'account_id') ?? []);
  const names = namesOf(read, 'account', ids);
  return rows.map((row) => {
    const accountId = textOrNull(row, 'account_id');
    return {
      accountId,
      name: accountId === null ? 'No account' : (names.get(accountId) ?? 'A removed account'),
      turns: int(row, 'turns'),
      tokens: int(row, 'tokens'),
      costMicroUsd: int(row, 'cost'),
      costState: stateOf(row),
    };
  });
}

/** What Homer found, what matters most first; what its owner wrote is no find. */
export function listFound(
  read: Read,
  scope: BriefingScope,
  limit: number,
): {
  id: string;
  number: number;
  title: string;
  source: ProposalSource;
  relevance: number;
  projectName: string | null;
}[] {
  return read
    .prepare(
      `SELECT proposal.id, number, title, source, relevance, project.name AS project_name
       FROM proposal LEFT JOIN project ON project.id = proposal.project_id
       WHERE source <> 'owner' AND proposal.created_at >= :from AND proposal.created_at < :to AND ${PROPOSAL_PROJECT}
       ORDER BY relevance DESC, number LIMIT :limit`,
    )
    .all({ ...scope, limit })
    .map((row) => ({
      id: text(row, 'id'),
      number: int(row, 'number'),
      title: text(row, 'title'),
      source: text(row, 'source') as ProposalSource,
      relevance: int(row, 'relevance'),
      projectName: textOrNull(row, 'project_name'),
    }));
}

/** How much happened in each of these spans, in their order. */
export function countBySpan(
  read: Read,
  spans: readonly { readonly from: string; readonly to: string }[],
  projectId: string | null,
): { runs: number; failed: number; found: number }[] {
  const rows = read
    .prepare(
      `WITH span(place, since, until) AS MATERIALIZED (SELECT key, value ->> 0, value ->> 1 FROM json_each(:spans))
       SELECT (SELECT COUNT(*) FROM run WHERE run.ended_at >= since AND run.ended_at < until AND ${RUN_PROJECT})
           + (SELECT COUNT(*) FROM run WHERE status IN ('review', 'blocked') AND updated_at >= since AND updated_at < until AND ${RUN_PROJECT}) AS runs,
         (SELECT COUNT(*) FROM run WHERE run.ended_at >= since AND run.ended_at < until AND status IN ('failed', 'timeout') AND ${RUN_PROJECT}) AS failed,
         (SELECT COUNT(*) FROM proposal WHERE source <> 'owner' AND created_at >= since AND created_at < until AND ${PROPOSAL_PROJECT}) AS found
       FROM span ORDER BY place`,
    )
    .all({ spans: JSON.stringify(spans.map(({ from, to }) => [from, to])), projectId });
  return rows.map((row) => ({
    runs: int(row, 'runs'),
    failed: int(row, 'failed'),
    found: int(row, 'found'),
  }));
}

/** When each of these briefings was read. */
export function readMarks(read: Read, days: readonly string[]): Map<string, string> {
  const rows = read
    .prepare(
      'SELECT date, read_at FROM briefing WHERE read_at IS NOT NULL AND date IN (SELECT value FROM json_each(?))',
    )
    .all(JSON.stringify(days));
  return new Map(rows.map((row) => [text(row, 'date'), text(row, 'read_at')]));
}

/** Marks a briefing as read with its words as they are, or as not read; the words of one that was read before stay. */
export function markBriefing(
  write: Write,
  { day, markdown, read }: { day: string; markdown: string; read: boolean },
  actor: string,
): string | null {
  const readAt = read ? write.now : null;
  write
    .prepare(
      `INSERT INTO briefing (id, date, markdown, read_at, created_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (date) DO UPDATE SET read_at = excluded.read_at`,
    )
    .run(write.nextId(), day, markdown, readAt, write.now);
  write.emit({ type: 'briefingMarked', entity: 'briefing', entityId: day, actor });
  return readAt;
}

function stateOf(row: Row): Spend['costState'] {
  return costStateOf({ known: int(row, 'known'), unknown: int(row, 'unknown'), plan: int(row, 'plan') });
}
