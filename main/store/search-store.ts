import type { JsonObject } from '../domain/primitives.ts';
import type { Plan } from '../domain/proposal/plan.ts';
import type { ProposalStage } from '../domain/proposal/stage.ts';
import type { RunEventType } from '../domain/run/run-event.ts';
import type { RunStatus } from '../domain/run/status.ts';
import { eventText } from '../domain/search/event-text.ts';
import type { SearchKind, SearchPlace } from '../domain/search/search.ts';
import type { Read, Row } from './database.ts';
import { int, json, jsonOrNull, text, textOrNull } from './row.ts';
import { planText } from './search-index-store.ts';

/** Something the index gave, with the texts its words may stand in, the telling ones first. */
export interface Found {
  readonly kind: SearchKind;
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly texts: readonly { readonly place: SearchPlace; readonly text: string }[];
  readonly projectId: string | null;
  readonly projectName: string | null;
  readonly stage: ProposalStage | null;
  readonly status: RunStatus | null;
  readonly seq: number | null;
  readonly eventType: RunEventType | null;
  readonly at: string;
  /** How well the words fit, 0 to 1, among what was found of its kind; an event by what it is. */
  readonly fit: number;
}

export interface SearchFilter {
  readonly projectId?: string | undefined;
  readonly stages?: readonly ProposalStage[] | undefined;
  readonly statuses?: readonly RunStatus[] | undefined;
}

/** How many of what fits are weighed against each other: the newest. A word that everything holds must not cost more. */
const WEIGHED = 3_000;
/** Events of one run among what is found, and how often older runs are looked for behind one that has too many. */
const OF_ONE_RUN = 3;
const ROUNDS = 4;
const EVENTS_A_ROUND = 200;

const MINE = '(:projectId IS NULL OR it.project_id = :projectId)';
const IN_STAGE = '(:stages IS NULL OR it.stage IN (SELECT value FROM json_each(:stages)))';
const IN_STATUS = '(:statuses IS NULL OR it.status IN (SELECT value FROM json_each(:statuses)))';

function parametersOf({ projectId, stages, statuses }: SearchFilter) {
  return {
    projectId: projectId ?? null,
    stages: stages ? JSON.stringify(stages) : null,
    statuses: statuses ? JSON.stringify(statuses) : null,
  };
}

/** The best `limit` of the newest proposals that hold the words, the best first. `expression` as `matchExpression` makes it. */
export function findProposals(read: Read, expression: string, filter: SearchFilter, limit: number): Found[] {
  const { projectId, stages } = parametersOf(filter);
  const best = read
    .prepare(
      `SELECT number, score FROM (
         SELECT it.number, bm25(search_proposal, 10, 3, 4, 2, 2) AS score FROM search_proposal JOIN proposal AS it ON it.number = search_proposal.rowid
         WHERE search_proposal MATCH :expression AND ${MINE} AND ${IN_STAGE}
         ORDER BY search_proposal.rowid DESC LIMIT ${String(WEIGHED)}
       ) ORDER BY score LIMIT :limit`,
    )
    .all({ expression, projectId, stages, limit });
  return proposalsOf(read, fitsOf(best));
}

export function findRunsByWords(
  read: Read,
  expression: string,
  filter: SearchFilter,
  limit: number,
): Found[] {
  const { projectId, statuses } = parametersOf(filter);
  const best = read
    .prepare(
      `SELECT number, score FROM (
         SELECT it.number, bm25(search_run, 10, 3, 4) AS score FROM search_run JOIN run AS it ON it.number = search_run.rowid
         WHERE search_run MATCH :expression AND ${MINE} AND ${IN_STATUS}
         ORDER BY search_run.rowid DESC LIMIT ${String(WEIGHED)}
       ) ORDER BY score LIMIT :limit`,
    )
    .all({ expression, projectId, statuses, limit });
  return runsOf(read, fitsOf(best));
}

/** Those with these numbers, as if they fitted best: their numbers were typed. */
export function proposalsNumbered(read: Read, numbers: readonly number[]): Found[] {
  return proposalsOf(read, new Map(numbers.map((number) => [number, 1])));
}
export function runsNumbered(read: Read, numbers: readonly number[]): Found[] {
  return runsOf(read, new Map(numbers.map((number) => [number, 1])));
}

/** What an event is counts more than how often a word stands in it. */
const telling: Partial<Record<RunEventType, number>> = {
  error: 1,
  question: 0.9,
  answer: 0.9,
  directive: 0.9,
  message: 0.8,
  test_ended: 0.7,
  permission: 0.7,
  file_change: 0.6,
  tool_call: 0.5,
  reasoning: 0.4,
};

/** Events that hold the words, newest runs first, at most three of one run. */
export function findEvents(read: Read, expression: string, filter: SearchFilter, limit: number): Found[] {
  const { projectId, statuses } = parametersOf(filter);
  const page = read.prepare(
    `SELECT search_event.rowid >> 32 AS number, search_event.rowid & 4294967295 AS seq, it.id AS run_id
     FROM search_event JOIN run AS it ON it.number = search_event.rowid >> 32
     WHERE search_event MATCH :expression AND search_event.rowid < :number * 4294967296 + :seq AND ${MINE} AND ${IN_STATUS}
     ORDER BY search_event.rowid DESC LIMIT ${String(EVENTS_A_ROUND)}`,
  );
  const byRun = new Map<number, { runId: string; seqs: number[] }>();
  let [number, seq] = [2_147_483_647, 0];
  let count = 0;
  for (let round = 0; round < ROUNDS && count < limit; round += 1) {
    const rows = page.all({ expression, projectId, statuses, number, seq });
    for (const row of rows) {
      const of = byRun.get(int(row, 'number')) ?? { runId: text(row, 'run_id'), seqs: [] };
      byRun.set(int(row, 'number'), of);
      if (of.seqs.length >= OF_ONE_RUN) continue;
      of.seqs.push(int(row, 'seq'));
      count += 1;
    }
    const last = rows.at(-1);
    if (!last || rows.length < EVENTS_A_ROUND) break;
    number = int(last, 'number');
    // A run that has given enough is passed over whole.
    seq = (byRun.get(number)?.seqs.length ?? 0) >= OF_ONE_RUN ? 0 : int(last, 'seq');
  }
  const keys = [...byRun.values()].flatMap(({ runId, seqs }) => seqs.map((each) => [runId, each]));
  return read
    .prepare(
      `SELECT run_event.*, it.number, it.name, it.project_id, it.status, project.name AS project_name
       FROM json_each(:keys) AS key CROSS JOIN run_event ON run_event.run_id = key.value ->> 0 AND run_event.seq = key.value ->> 1
       JOIN run AS it ON it.id = run_event.run_id JOIN project ON project.id = it.project_id`,
    )
    .all({ keys: JSON.stringify(keys) })
    .map((row): Found => {
      const type = text(row, 'type') as RunEventType;
      return {
        kind: 'event',
        id: text(row, 'run_id'),
        number: int(row, 'number'),
        title: text(row, 'name'),
        texts: [{ place: 'body', text: eventText(type, json<JsonObject>(row, 'payload')) }],
        projectId: text(row, 'project_id'),
        projectName: text(row, 'project_name'),
        stage: null,
        status: text(row, 'status') as RunStatus,
        seq: int(row, 'seq'),
        eventType: type,
        at: text(row, 'created_at'),
        fit: telling[type] ?? 0.3,
      };
    });
}

/** Sequence numbers of a run's events that hold the words, oldest first, at most `limit`, and how many there are. */
export function findInRun(
  read: Read,
  expression: string,
  runNumber: number,
  limit: number,
): { seqs: number[]; total: number } {
  const rows = read
    .prepare(
      `SELECT rowid & 4294967295 AS seq FROM search_event
       WHERE search_event MATCH :expression AND rowid > :number * 4294967296 AND rowid < (:number + 1) * 4294967296 ORDER BY rowid`,
    )
    .all({ expression, number: runNumber });
  return { seqs: rows.slice(0, limit).map((row) => int(row, 'seq')), total: rows.length };
}

/** bm25 is the lower the better; as a share of the best. */
function fitsOf(best: readonly Row[]): Map<number, number> {
  const scores = best.map((row) => Math.min(-1e-9, Number(row['score'])));
  const top = Math.min(...scores, -1e-9);
  return new Map(best.map((row, at) => [int(row, 'number'), (scores[at] ?? 0) / top]));
}

function proposalsOf(read: Read, fits: ReadonlyMap<number, number>): Found[] {
  return read
    .prepare(
      `SELECT it.*, project.name AS project_name, proposal_plan.plan AS plan,
         (SELECT group_concat(question || char(10) || COALESCE(answer, ''), char(10)) FROM proposal_qa WHERE proposal_id = it.id) AS talk
       FROM proposal AS it LEFT JOIN project ON project.id = it.project_id
       LEFT JOIN proposal_plan ON proposal_plan.proposal_id = it.id AND proposal_plan.plan_version = it.plan_version
       WHERE it.number IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify([...fits.keys()]))
    .map((row): Found => {
      const plan = jsonOrNull<Plan>(row, 'plan');
      return {
        kind: 'proposal',
        id: text(row, 'id'),
        number: int(row, 'number'),
        title: text(row, 'title'),
        texts: [
          { place: 'content', text: `${text(row, 'summary')}\n${text(row, 'content')}`.trim() },
          { place: 'talk', text: textOrNull(row, 'talk') ?? '' },
          { place: 'plan', text: plan === null ? '' : planText(plan) },
          { place: 'source', text: text(row, 'source_ref') },
        ],
        projectId: textOrNull(row, 'project_id'),
        projectName: textOrNull(row, 'project_name'),
        stage: text(row, 'stage') as ProposalStage,
        status: null,
        seq: null,
        eventType: null,
        at: text(row, 'updated_at'),
        fit: fits.get(int(row, 'number')) ?? 0,
      };
    });
}

function runsOf(read: Read, fits: ReadonlyMap<number, number>): Found[] {
  return read
    .prepare(
      `SELECT it.*, project.name AS project_name FROM run AS it JOIN project ON project.id = it.project_id
       WHERE it.number IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify([...fits.keys()]))
    .map((row): Found => ({
      kind: 'run',
      id: text(row, 'id'),
      number: int(row, 'number'),
      title: text(row, 'name'),
      texts: [
        {
          place: 'result',
          text: `${textOrNull(row, 'error') ?? ''}\n${textOrNull(row, 'question') ?? ''}`.trim(),
        },
        { place: 'query', text: text(row, 'goal_text') },
      ],
      projectId: text(row, 'project_id'),
      projectName: text(row, 'project_name'),
      stage: null,
      status: text(row, 'status') as RunStatus,
      seq: null,
      eventType: null,
      at: text(row, 'updated_at'),
      fit: fits.get(int(row, 'number')) ?? 0,
    }));
}
