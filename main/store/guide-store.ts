import type { GuideFacts } from '../domain/guide/guide.ts';
import type { Read, Row } from './database.ts';
import { listFoundExecutors } from './executor-found-store.ts';
import { bool, int, text } from './row.ts';

/** How far the way to the first applied diff has been gone, by what stands in the records. */
export function readGuideFacts(read: Read): GuideFacts {
  const one = (sql: string): Row | undefined => read.prepare(sql).get();
  const project = one(
    `SELECT id, name, test_command, default_executor, shell_command <> '' AS has_command FROM project ORDER BY created_at DESC, id DESC LIMIT 1`,
  );
  const idea = one(
    `SELECT id, number, title FROM proposal WHERE stage = 'idea' ORDER BY priority DESC, rank DESC, number DESC LIMIT 1`,
  );
  const plan = one(
    `SELECT id, number, title, planning FROM proposal WHERE stage = 'plan' ORDER BY stage_since DESC, number DESC LIMIT 1`,
  );
  const run = one('SELECT id, number, status FROM run ORDER BY number DESC LIMIT 1');
  const was = one(
    `SELECT EXISTS (SELECT 1 FROM discovery_source WHERE last_checked_at IS NOT NULL) OR EXISTS (SELECT 1 FROM proposal) AS looked,
       EXISTS (SELECT 1 FROM proposal WHERE stage IN ('plan', 'approved')) AS approved, EXISTS (SELECT 1 FROM run) AS executed,
       EXISTS (SELECT 1 FROM run WHERE status IN ('applied', 'discarded')) AS reviewed,
       EXISTS (SELECT 1 FROM run WHERE status = 'applied') AS applied`,
  );
  const has = (column: string): boolean => was !== undefined && bool(was, column);
  return {
    project: project
      ? {
          id: text(project, 'id'),
          name: text(project, 'name'),
          testCommand: text(project, 'test_command'),
          executor: text(project, 'default_executor'),
          hasCommand: bool(project, 'has_command'),
        }
      : null,
    agents: listFoundExecutors(read).filter(
      ({ name, ready, signedIn }) => name !== 'shell' && ready && signedIn !== 'no',
    ),
    looked: has('looked'),
    idea: idea ? { id: text(idea, 'id'), number: int(idea, 'number'), title: text(idea, 'title') } : null,
    plan: plan
      ? {
          id: text(plan, 'id'),
          number: int(plan, 'number'),
          title: text(plan, 'title'),
          planning: text(plan, 'planning') as NonNullable<GuideFacts['plan']>['planning'],
        }
      : null,
    run: run ? { id: text(run, 'id'), number: int(run, 'number'), status: text(run, 'status') } : null,
    approved: has('approved'),
    executed: has('executed'),
    reviewed: has('reviewed'),
    applied: has('applied'),
  };
}
