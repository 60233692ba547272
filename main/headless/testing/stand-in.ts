import { isOperationName, operations, type OperationName } from '../../../preload/contract/operations.ts';
import type { LiveMessage } from '../../../preload/contract/live.ts';
import { createDispatch, type CallContext, type Dispatch, type Handlers } from '../../api/dispatch.ts';
import type { LiveFeed } from '../../api/live-port.ts';
import type { RunEvent } from '../../domain/run/run-event.ts';
import type { Run, RunRow } from '../../domain/run/run.ts';
import type { RunStatus } from '../../domain/run/status.ts';
import type { Proposal } from '../../domain/proposal/proposal.ts';
import { createSilentLog } from '../../shared/log.ts';
import { fail, ok } from '../../shared/result.ts';
import {
  sampleCard,
  sampleGoal,
  sampleGrant,
  sampleOverview,
  sampleProject,
  sampleProposal,
  sampleProposalDetail,
  sampleRun,
  sampleRunDetail,
  sampleRunRow,
} from './samples.ts';

/** A test stand-in for the handlers and the live stream: a few projects, proposals and runs in memory. No runtime behind it. */
export interface StandIn {
  readonly dispatch: Dispatch;
  readonly live: LiveFeed;
  /** Every call that got past the contract, in order. */
  readonly reached: { name: OperationName; input: unknown; context: CallContext }[];
  readonly runs: Run[];
  readonly proposals: Proposal[];
  /** Live listeners at work now. */
  listeners(): number;
  /** Sends one live message without events. */
  publish(tails?: Record<string, number>): void;
  /** Adds to a run's timeline and says so on the live stream. */
  addRunEvent(runId: string, type: RunEvent['type'], payload: RunEvent['payload']): void;
  setStatus(runId: string, to: RunStatus): void;
}

const at = '2026-01-01T00:00:00.000Z';
const holds = { schema: 1, version: '0.1.0', proposals: 1, runs: 2, decisions: 3, newestAt: at };
/** The newest cannot be read. */
const sampleBackups = [
  {
    name: 'newer.sqlite',
    path: '/b/newer.sqlite',
    bytes: 9,
    createdAt: at,
    reason: 'scheduled',
    holds: null,
  },
  { name: 'older.sqlite', path: '/b/older.sqlite', bytes: 9, createdAt: at, reason: 'manual', holds },
];

export function createStandIn(): StandIn {
  const reached: StandIn['reached'] = [];
  const runs = [
    sampleRun(7),
    sampleRun(12, { status: 'review', filesChanged: 2, additions: 5, deletions: 1 }),
  ];
  const proposals = [
    sampleProposal(1),
    sampleProposal(12, { stage: 'plan', title: 'Make the parser faster' }),
  ];
  const projects = [sampleProject(1), sampleProject(2, { name: 'other' })];
  const goals = [sampleGoal(1)];
  const grants = [sampleGrant(7), sampleGrant(12, { text: 'make it', once: true })];
  const timelines = new Map<string, RunEvent[]>();
  const messages: LiveMessage[] = [];
  const receivers = new Set<(message: LiveMessage) => void>();
  let seq = 0;

  const find = <T extends { id: string }>(rows: T[], id: string, noun: string) => {
    const row = rows.find((candidate) => candidate.id === id);
    return row ? ok(row) : fail('not_found', `There is no ${noun} with this id.`);
  };
  const some: Partial<Handlers> = {
    'health.get': () =>
      ok({ status: 'ok' as const, version: '0.1.0', host: 'headless' as const, startedAt: at, schema: 1 }),
    'overview.get': () => ok(sampleOverview(seq)),
    'project.list': () => ok(projects),
    'project.get': ({ id }) => find(projects, id, 'project'),
    'project.remove': ({ id }) => ok({ id }),
    'goal.list': () => ok(goals),
    'grant.list': () => ok(grants),
    'grant.revoke': ({ id }) => find(grants, id, 'grant'),
    'grant.restore': ({ id }) => find(grants, id, 'grant'),
    'run.list': ({ before, limit }) =>
      ok({
        seq,
        rows: runs
          .filter((run) => before === undefined || run.number < before)
          .sort((a, b) => b.number - a.number)
          .slice(0, limit)
          .map((run): RunRow => sampleRunRow(run)),
        counts: { active: 1, needs_me: 1, failed: 0, all: runs.length },
      }),
    'run.rows': ({ ids }) => ok(runs.filter((run) => ids.includes(run.id)).map(sampleRunRow)),
    'run.get': ({ id }) => {
      const run = find(runs, id, 'run');
      return run.ok ? ok(sampleRunDetail(run.value)) : run;
    },
    'run.stop': ({ id }) => {
      const run = find(runs, id, 'run');
      if (!run.ok) return run;
      setStatus(id, 'stopped');
      return ok(sampleRunDetail(run.value));
    },
    'run.events': ({ id, after, limit }) => {
      const events = (timelines.get(id) ?? []).filter((event) => event.seq > after).slice(0, limit);
      return ok({ events, lastSeq: timelines.get(id)?.length ?? 0 });
    },
    'proposal.board': () =>
      ok({
        seq,
        columns: (['idea', 'plan'] as const).map((stage) => {
          const cards = proposals.filter((proposal) => proposal.stage === stage).map(sampleCard);
          return { stage, count: cards.length, whole: cards.length, limit: null, oldestSince: null, cards };
        }),
      }),
    'proposal.list': ({ stage }) => {
      const cards = proposals.filter((proposal) => proposal.stage === stage).map(sampleCard);
      return ok({ count: cards.length, cards });
    },
    'proposal.get': ({ id }) => {
      const proposal = find(proposals, id, 'proposal');
      return proposal.ok ? ok(sampleProposalDetail(proposal.value)) : proposal;
    },
    'proposal.decide': ({ id, version }) => {
      const proposal = find(proposals, id, 'proposal');
      if (!proposal.ok) return proposal;
      if (proposal.value.version !== version)
        return fail('stale_version', 'Somebody decided in the meantime.', { hint: 'Look again.' });
      proposal.value.version += 1;
      return ok(sampleProposalDetail(proposal.value));
    },
    'flag.list': () =>
      ok([
        {
          key: 'runtime.enabled',
          value: 'on',
          group: 'work',
          name: 'Enabled',
          description: 'Ticks.',
          defaultValue: 'on',
          kind: { type: 'switch' },
        },
      ]),
    'worker.process': () => ok({ claimed: 0, fired: 0 }),
    'backup.list': () => ok(sampleBackups),
    'backup.preview': ({ backup: name }) => {
      const backup = sampleBackups.find((each) => each.name === name);
      if (!backup) return fail('not_found', 'There is no such backup.');
      const fault = backup.holds === null ? 'file is not a database' : null;
      const lost = { changes: 4, since: at, proposals: 1, runs: 2, decisions: 1 };
      return ok({ backup, fault, older: false, lost: fault === null ? lost : null, notOffered: '' });
    },
    'backup.restore': ({ backup }) =>
      ok({ from: backup, madeAt: at, setAside: null, paused: 1, kept: 'homer-before-restore.sqlite' }),
  };
  const handlers = Object.fromEntries(
    Object.keys(operations).map((name) => [
      name,
      (input: unknown, context: CallContext) => {
        if (isOperationName(name)) reached.push({ name, input, context });
        const handler = some[name as OperationName] as ((input: unknown) => unknown) | undefined;
        return handler ? handler(input) : fail('not_found', `The stand-in has nothing for ${name}.`);
      },
    ]),
  ) as unknown as Handlers;

  function publish(tails: Record<string, number> = {}): void {
    const message: LiveMessage = { from: seq, seq: seq + 1, events: [], tails, reset: false };
    seq += 1;
    messages.push(message);
    for (const receive of receivers) receive(message);
  }
  function addRunEvent(runId: string, type: RunEvent['type'], payload: RunEvent['payload']): void {
    const timeline = timelines.get(runId) ?? [];
    timelines.set(runId, timeline);
    timeline.push({ seq: timeline.length + 1, type, payload, createdAt: at });
    publish({ [runId]: timeline.length });
  }
  function setStatus(runId: string, to: RunStatus): void {
    const run = runs.find((candidate) => candidate.id === runId);
    if (!run) throw new Error('no such run');
    const from = run.status;
    run.status = to;
    addRunEvent(runId, 'status_changed', { from, to, on: 'test', actor: 'test' });
  }
  return {
    dispatch: createDispatch(handlers, createSilentLog()),
    live: {
      subscribe(after, receive) {
        for (const message of messages) if (message.seq > after) receive(message);
        receivers.add(receive);
        return () => receivers.delete(receive);
      },
    },
    reached,
    runs,
    proposals,
    listeners: () => receivers.size,
    publish,
    addRunEvent,
    setStatus,
  };
}
