import { constants } from 'node:os';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import type { Scope } from '../../shared/scope.ts';
import type { ChildExit, Executor } from '../executor.ts';
import type { ChildRecord, SpoolOffsets, Turn, TurnCallbacks, TurnClass, TurnEnding } from '../runner.ts';
import { groupTag } from './child-environment.ts';
import { endTree } from './end-tree.ts';
import { safeText } from './event-batch.ts';
import { watchFolder } from './folder-watch.ts';
import { exitOfShell, type GatedChild } from './launch-gated.ts';
import { isAlive, type ProcessTable } from './process-table.ts';
import { readEnding } from './spool.ts';
import { createSpoolReader } from './spool-reader.ts';

export interface TurnSettings {
  readonly table: ProcessTable;
  readonly clock: Clock;
  readonly scope: Scope;
  readonly log: Log;
  readonly graceMs: number;
  readonly byteCap: number;
  readonly spoolLimit: number;
}

type EndReason = 'cancelled' | 'timed_out' | 'flooded';

/** What is left running when the command has ended gets this long; it is nobody's work any more. */
const LEFTOVER_GRACE_MS = 500;

/**
 * One turn of a child that is past its gate, or about to be: follows its output, watches its time, and when its command ends,
 * ends what that left running, reads the rest and gives the ending. `child` is undefined for one a former host started: then
 * its end is seen by the file its wrapper writes, or by its absence. After `detach` the ending never comes.
 */
export function createTurn(
  options: TurnSettings & {
    readonly record: ChildRecord;
    readonly startedAt: number;
    readonly executor: Executor;
    readonly from: SpoolOffsets;
    readonly callbacks: TurnCallbacks;
    readonly child: GatedChild | undefined;
  },
): Turn {
  const { table, clock, log, record, child } = options;
  const scope = options.scope.child(`turn ${groupTag(record)}`);
  const parser = options.executor.createParser(record);
  const watch = watchFolder(record.spool, clock, scope, log);
  const reader = createSpoolReader({
    spool: record.spool,
    step: record.step,
    from: options.from,
    parser,
    byteCap: options.byteCap,
    spoolLimit: options.spoolLimit,
    flooded: () => endLater('flooded'),
    watch,
    deliver: (events, offsets) => options.callbacks.events(events, offsets),
    clock,
    scope,
    log,
  });
  if (child) scope.add('child', () => child.unref());

  let exit: ChildExit | undefined;
  let reason: EndReason | undefined;
  let ending: Promise<number> | undefined;
  // Ending goes on in the runner's scope: the turn's own closes as soon as the ending is known.
  const endAll = (graceMs: number): Promise<number> =>
    (ending ??= endTree({
      table,
      clock,
      scope: options.scope,
      log,
      identity: record.identity,
      tag: groupTag(record),
      graceMs,
    }).finally(() => {
      ending = undefined;
      watch.wake();
    }));
  const end = async (why: EndReason): Promise<void> => {
    // What ended by itself before is not cancelled by asking too late.
    if (!exit) reason ??= why;
    await endAll(options.graceMs);
  };
  const endLater = (why: EndReason): void => {
    end(why).catch((error: unknown) => log.error('a turn could not be ended', { why, error: String(error) }));
  };

  const startedMono = clock.monotonic() - (child ? 0 : Math.max(0, clock.now() - options.startedAt));
  let endedMono: number | undefined;
  void child?.exited.then((value) => {
    exit = value.code === null ? value : exitOfShell(value.code, constants.signals);
    endedMono = clock.monotonic();
    watch.wake();
  });
  const seenEnd = async (): Promise<{ exit: ChildExit; durationMs: number; lost: boolean } | undefined> => {
    if (child && !exit) return undefined;
    const alive = !child && (await isAlive(table, record.identity));
    const written = readEnding(record.spool);
    if (written) {
      const durationMs =
        endedMono === undefined ? written.endedAt - options.startedAt : endedMono - startedMono;
      return { exit: written.exit, durationMs, lost: false };
    }
    if (alive) return undefined;
    const durationMs = (endedMono ?? clock.monotonic()) - startedMono;
    return { exit: exit ?? { code: null, signal: null }, durationMs, lost: !exit };
  };

  const run = async (): Promise<TurnEnding> => {
    const seen = await reader.follow(seenEnd);
    if (!seen) return never();
    await endAll(LEFTOVER_GRACE_MS);
    if (!(await reader.finish())) return never();
    await scope.close();
    const parsed = parser.ending(seen.exit);
    return {
      ...parsed,
      class: classify(reason, seen.lost, parsed.class),
      message: safeText(
        reason === 'flooded' ? 'The turn printed more than Homer keeps and was ended.' : parsed.message,
      ),
      exitCode: seen.exit.code,
      signal: seen.exit.signal,
      durationMs: Math.max(0, Math.round(seen.durationMs)),
    };
  };

  const cancelLimit = clock.after(scope, Math.max(0, record.deadline - clock.now()), () =>
    endLater('timed_out'),
  );
  const ended = run().finally(cancelLimit);
  return {
    record,
    ended,
    end,
    detach: () => void scope.close(),
  };
}

function classify(reason: EndReason | undefined, lost: boolean, parsed: TurnClass): TurnClass {
  if (reason === 'flooded') return 'crashed';
  if (reason !== undefined) return reason;
  return lost ? 'lost' : parsed;
}

/** The ending of a turn that was let go of. */
function never(): Promise<never> {
  return new Promise(() => undefined);
}
