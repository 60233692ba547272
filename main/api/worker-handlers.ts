import type { Overview } from '../../preload/contract/worker.ts';
import { flags, isFlagKey, type FlagKey } from '../domain/flag/flag.ts';
import { fail, ok } from '../shared/result.ts';
import { listAlerts } from '../store/alert-store.ts';
import type { Read } from '../store/database.ts';
import { lastEventSeq } from '../store/domain-event-store.ts';
import { readFlag, writeFlag } from '../store/flag-store.ts';
import { countInbox } from '../store/inbox-store.ts';
import { nextIntentTime } from '../store/intent-store.ts';
import { listProjects } from '../store/project-store.ts';
import { countProposals } from '../store/proposal-card-store.ts';
import { holdWorkingRuns, releaseHeldRuns } from '../store/run-hold-store.ts';
import { countRuns, countRunsByStatus, getRun } from '../store/run-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

type WorkerName = Extract<
  keyof Handlers,
  | `health.${string}`
  | `overview.${string}`
  | `worker.${string}`
  | `executor.${string}`
  | `doctor.${string}`
  | `flag.${string}`
>;

export function workerHandlers(options: ApiOptions): Pick<Handlers, WorkerName> {
  const { store, loop, tick, upkeep, clock, ports } = options;
  const startedAt = clock.iso();

  const overview = (read: Read): Overview => {
    const proposals = countProposals(read);
    const shortage = options.custodian.shortage();
    const projects = listProjects(read);
    return {
      seq: lastEventSeq(read),
      needsYou: countInbox(read),
      running: countRunsByStatus(read, ['running', 'validating']),
      queued: countRunsByStatus(read, ['queued']),
      paused: countRunsByStatus(read, ['paused']),
      ideas: proposals.ideas,
      projects: projects.length,
      proposals: proposals.all,
      runs: countRuns(read),
      heldAll: readFlag(read, 'runtime.hold') === 'on',
      nextDueAt: nextIntentTime(read),
      problems: [
        ...tick.problems(),
        ...upkeep.problems(),
        ...(shortage === null ? [] : [shortage]),
        ...troubleOf(tick.problems()),
        ...listAlerts(read, { open: true, limit: 5 }).map(({ kind, message, hint }) => ({
          tag: kind,
          message,
          hint,
        })),
        ...projects.flatMap((project) => {
          const problem = ports.problemOf(project);
          return problem === null
            ? []
            : [
                {
                  tag: 'project_problem',
                  message: `${project.name}: ${problem}`,
                  hint: 'Open Projects to mend or remove it.',
                },
              ];
        }),
      ],
    };
  };

  /** What the disk does to writes, unless the tick tells it already. */
  function troubleOf(told: readonly { tag: string }[]): Overview['problems'] {
    const trouble = store.trouble();
    if (trouble === null || told.some(({ tag }) => tag === trouble.tag)) return [];
    const { tag, message, hint = 'Homer tries again by itself.' } = trouble;
    return [{ tag, message, hint }];
  }

  return {
    'health.get': () =>
      ok({
        status:
          tick.problems().length + upkeep.problems().length > 0 ? ('degraded' as const) : ('ok' as const),
        version: options.version,
        host: options.host,
        startedAt,
        schema: store.schema,
      }),
    'overview.get': () => ok(store.read(overview)),
    'worker.status': () =>
      ok({
        running: loop.active().map(({ runId, pid }) => {
          const run = store.read((read) => getRun(read, runId));
          return { runId, number: run.number, step: run.step, pid };
        }),
        queued: store.read((read) => countRunsByStatus(read, ['queued'])),
        limit: Number(store.read((read) => readFlag(read, 'runtime.max_concurrent_runs'))),
        heldAll: store.read((read) => readFlag(read, 'runtime.hold')) === 'on',
        ...tick.status(),
      }),
    'worker.process': () => ok(tick.once()),
    'worker.hold': ({ held }, { actor }) =>
      store.tryWrite((write) => {
        if ((readFlag(write, 'runtime.hold') === 'on') !== held) {
          writeFlag(write, 'runtime.hold', held ? 'on' : 'off', actor.name);
          if (held) holdWorkingRuns(write, `${actor.name} (pause everything)`);
          else releaseHeldRuns(write, actor.name);
        }
        return overview(write);
      }),
    'executor.list': async () => ok(await ports.executors()),
    'doctor.get': async ({ full }) => {
      const checks = await ports.doctor(full);
      return ok({ ok: checks.every((check) => check.status !== 'error'), checks });
    },
    'flag.list': () =>
      ok(
        store.read((read) =>
          (Object.keys(flags) as FlagKey[]).map((key) => ({
            key,
            value: readFlag(read, key),
            group: flags[key].group,
            name: flags[key].name,
            description: flags[key].description,
            defaultValue: flags[key].defaultValue,
            kind: flags[key].value,
          })),
        ),
      ),
    'flag.set': ({ key, value }, { actor }) => {
      if (!isFlagKey(key))
        return fail('not_found', `There is no setting called ${key}.`, {
          hint: `Known: ${Object.keys(flags).join(', ')}.`,
        });
      const parsed = flags[key].schema.safeParse(value);
      if (!parsed.success)
        return fail('invalid_input', `${key}: ${parsed.error.issues[0]?.message ?? 'not valid'}`);
      return store.tryWrite((write) => {
        writeFlag(write, key, value, actor.name);
        return { key, value };
      });
    },
  };
}
