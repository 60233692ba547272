import { constants } from 'node:os';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { messageOf } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import type { ChildExit, Executor, TurnContext } from '../executor.ts';
import type { ChildRecord, SpoolOffsets, Turn, TurnCallbacks, TurnClass, TurnEnding } from '../runner.ts';
import { groupTag } from './child-environment.ts';
import { createEndTree } from './end-tree.ts';
import { safeText } from './event-batch.ts';
import { watchFolder } from './folder-watch.ts';
import { exitOfShell, type GatedChild } from './launch-gated.ts';
import { isAlive, type ProcessTable } from './process-table.ts';
import { createQuietWatch, type QuietLimits } from './quiet-watch.ts';
import { promptWords } from './prompt-words.ts';
import { createSpoolReader } from './spool-reader.ts';
import { createHider } from './hide-secrets.ts';
import { dropPrivate, lastOutputAt, readEnding, type SpoolStart } from './spool.ts';

export interface TurnSettings {
  readonly table: ProcessTable;
  readonly clock: Clock;
  readonly scope: Scope;
  readonly log: Log;
  readonly graceMs: number;
}

/** What one turn may print, in bytes, and how long it may stay silent. */
export interface TurnLimits extends QuietLimits {
  /** Plain output past this is kept in the timeline by its heads alone. */
  readonly thinAfter: number;
  /** Past this output makes no more events. */
  readonly byteCap: number;
  /** Past this the turn is ended, before it fills the disk. */
  readonly spoolLimit: number;
}

/** `over`: its parser found that nothing good is to be expected any more, and says itself what it came to. */
type EndReason = 'cancelled' | 'timed_out' | 'flooded' | 'no_output' | 'over';

/** What is left running when the command has ended gets this long; it is nobody's work any more. */
const LEFTOVER_GRACE_MS = 500;
/** How long after its start a tree is looked at, and the longest time between two looks. */
const LOOK_MS = { first: 250, most: 8_000 };

/**
 * One turn of a child that is past its gate, or about to be: follows its output, watches its time and its silence, and when its
 * command ends, ends what that left running, reads the rest and gives the ending. `child` is undefined for one a former host started:
 * then its end is seen by the file its wrapper writes, or by its absence. After `detach` the ending never comes.
 *
 * The time limit is counted on the monotonic clock from when the child was started, whoever started it: neither a jump of the clock
 * nor a machine that sleeps ends a turn early or late.
 */
export function createTurn(
  options: TurnSettings & {
    readonly record: ChildRecord;
    readonly start: SpoolStart;
    readonly limits: TurnLimits;
    readonly executor: Executor;
    readonly context: TurnContext;
    /** Texts that no event may show, whatever they look like. */
    readonly secrets: readonly string[];
    readonly from: SpoolOffsets;
    readonly callbacks: TurnCallbacks;
    readonly child: GatedChild | undefined;
  },
): Turn {
  const { table, clock, log, record, child, limits, start } = options;
  const scope = options.scope.child(`turn ${groupTag(record)}`);
  const parser = options.executor.createParser(options.context);
  const hide = createHider(options.secrets);
  const watch = watchFolder(record.spool, clock, scope, log);
  const startedMono = child ? clock.monotonic() : monotonicStart(start, clock);

  const tellQuiet = (ms: number | null): void => {
    try {
      options.callbacks.quiet?.(ms);
    } catch (error) {
      // Told again at the next spell; the output itself is offered until it is taken.
      log.error('the silence of a turn could not be stored', { error: messageOf(error) });
    }
  };
  const quiet = createQuietWatch({
    limits,
    last: child ? startedMono : lastOutput(record.spool, startedMono, clock),
    adopted: !child,
    clock,
    scope,
    onQuiet: tellQuiet,
    onTooLong: () => endLater('no_output'),
  });
  const reader = createSpoolReader({
    spool: record.spool,
    step: record.step,
    from: options.from,
    parser,
    limits,
    hide,
    flooded: () => endLater('flooded'),
    over: () => endLater('over'),
    // What is printed while it is being ended is no sign of life.
    printed: () => reason ?? quiet.printed(),
    watch,
    deliver: (events, offsets) => options.callbacks.events(events, offsets),
    clock,
    scope,
    log,
  });
  if (child) scope.add('child', () => child.letGo());

  let exit: ChildExit | undefined;
  let reason: EndReason | undefined;
  let ending: Promise<number> | undefined;
  // Ending goes on in the runner's scope: the turn's own closes as soon as the ending is known.
  const tree = createEndTree({
    table,
    clock,
    scope: options.scope,
    log,
    identity: record.identity,
    tag: groupTag(record),
    spool: record.spool,
  });
  const lookAfter = (pause: number): void => {
    clock.after(scope, pause, () => {
      tree
        .look()
        .catch((error: unknown) => log.warn('a tree could not be looked at', { error: messageOf(error) }))
        .finally(() => lookAfter(Math.min(LOOK_MS.most, pause * 2)));
    });
  };
  lookAfter(LOOK_MS.first);
  const endAll = (graceMs: number): Promise<number> =>
    (ending ??= tree.end(graceMs).finally(() => {
      ending = undefined;
      watch.wake();
    }));
  const end = async (why: EndReason): Promise<void> => {
    // What ended by itself before is not cancelled by asking too late.
    if (!exit && !readEnding(record.spool)) reason ??= why;
    await endAll(options.graceMs);
  };
  const endLater = (why: EndReason): void => {
    end(why).catch((error: unknown) => log.error('a turn could not be ended', { why, error: String(error) }));
  };

  let endedMono: number | undefined;
  void child?.exited.then((value) => {
    exit = value.code === null ? value : exitOfShell(value.code, constants.signals);
    endedMono = clock.monotonic();
    watch.wake();
  });
  interface Seen {
    readonly exit: ChildExit;
    readonly durationMs: number;
    readonly lost: boolean;
    readonly flooded: boolean;
  }
  const seenEnd = async (): Promise<Seen | undefined> => {
    if (child && !exit) return undefined;
    const alive = !child && (await isAlive(table, record.identity));
    const written = readEnding(record.spool);
    const elapsed = (endedMono ?? clock.monotonic()) - startedMono;
    if (written) {
      // Nobody watched a child that ended without a host; wall time says when, unless the clock was set meanwhile.
      const told = written.endedAt - start.at;
      const durationMs = endedMono === undefined && told >= 0 && told < elapsed ? told : elapsed;
      return { exit: written.exit, durationMs, lost: false, flooded: written.flooded };
    }
    if (alive) return undefined;
    return {
      exit: exit ?? { code: null, signal: null },
      durationMs: elapsed,
      lost: !exit,
      flooded: false,
    };
  };

  const run = async (): Promise<TurnEnding> => {
    const seen = await reader.follow(seenEnd);
    if (!seen) return never();
    await endAll(LEFTOVER_GRACE_MS);
    if (!(await reader.finish())) return never();
    await scope.close();
    const parsed = parser.ending(seen.exit);
    dropPrivate(record.spool);
    const why = reason === 'over' ? undefined : (reason ?? (seen.flooded ? 'flooded' : undefined));
    const told = reason === 'over' ? parsed.class : classify(seen.lost, parsed.class);
    return {
      ...parsed,
      class: why ?? told,
      message: safeText(hide(endedBy(why, limits, record.spool) + parsed.message)),
      exitCode: seen.exit.code,
      signal: seen.exit.signal,
      durationMs: Math.max(0, Math.round(seen.durationMs)),
    };
  };

  let limitAt = startedMono + record.deadline - start.at;
  let heldSince: number | null = null;
  let cancelLimit = armLimit();
  const ended = run().finally(() => cancelLimit());
  return {
    record,
    ended,
    end,
    hold(waiting) {
      if (waiting === (heldSince !== null) || scope.closed) return;
      quiet.rest(waiting);
      if (waiting) {
        heldSince = clock.monotonic();
        cancelLimit();
        return;
      }
      limitAt += clock.monotonic() - (heldSince ?? clock.monotonic());
      heldSince = null;
      cancelLimit = armLimit();
    },
    detach: () => void scope.close(),
  };

  function armLimit(): () => void {
    return clock.after(scope, limitAt - clock.monotonic(), () => endLater('timed_out'));
  }
}

/** When a child that another host started was started, on the monotonic clock; from wall time when that host did not say. */
function monotonicStart(start: SpoolStart, clock: Clock): number {
  const now = clock.monotonic();
  return start.monotonic === undefined
    ? now - Math.max(0, clock.now() - start.at)
    : Math.min(now, start.monotonic);
}

/** When an adopted child printed last, on the monotonic clock; a clock that was set makes that no earlier than its start. */
function lastOutput(spool: string, startedMono: number, clock: Clock): number {
  const now = clock.monotonic();
  const at = lastOutputAt(spool);
  return at === undefined
    ? startedMono
    : Math.min(now, Math.max(startedMono, now - Math.max(0, clock.now() - at)));
}

function classify(lost: boolean, parsed: TurnClass): TurnClass {
  return lost ? 'lost' : parsed;
}

function endedBy(why: EndReason | undefined, limits: TurnLimits, spool: string): string {
  if (why === 'flooded') return 'The turn printed more than Homer keeps and was ended.\n';
  if (why !== 'no_output') return '';
  return `No output for ${String(Math.round(limits.noOutputMs / 6_000) / 10)} min, so the agent was ended.${promptWords(spool)}\n`;
}

/** The ending of a turn that was let go of. */
function never(): Promise<never> {
  return new Promise(() => undefined);
}
