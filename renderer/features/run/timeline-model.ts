import { parseTime } from '../../client/clock.ts';
import { alone, begins, ends, eventFailed } from './event-kind.ts';
import { number, outputText, text } from './event-payload.ts';
import type { RunEvent } from './run-types.ts';
import type { Entry, Leaf, Plain, StepEntry } from './timeline-entry.ts';
import { foldOf, grown, leaf, stepOf } from './timeline-parts.ts';
import { toolKind } from './tool-call.ts';

/**
 * Turns the events of a run into what a reader sees, event by event: appending looks at the open ends only, never at what
 * came before.
 *
 * - Consecutive tool calls fold, with the thoughts between them; a call that failed leaves its fold at once.
 * - Pairs (call and result, start and end) are one entry.
 * - Output joins into chunks; changes of one file within a step add up. Neither process notes nor file changes end a fold.
 * - Stages that work side by side have a lane each: what happens in one neither ends a fold of another nor joins its step.
 * - Silence becomes a gap: from 5 s while the run waits for something, from 2 min while it works.
 */
export interface Slot {
  entry: Entry;
  /** What happened in a step. */
  readonly children?: Slot[];
  readonly within: Slot[];
}

export interface Timeline {
  /** Takes events in order of sequence; what it has already is passed over. */
  append(events: readonly RunEvent[]): void;
  readonly slots: readonly Slot[];
  readonly events: readonly RunEvent[];
  /** Keys of failed entries, in order: what n and ⇧n step through. */
  readonly failures: readonly string[];
  /** Grows with every change. */
  readonly version: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
}

/** What is open in one stage, or in a run without stages. */
interface Lane {
  /** What has begun and waits for its end, by kind. */
  readonly begun: Map<string, Slot>;
  /** Calls without a result, by their id. */
  readonly calls: Map<string, { slot: Slot; index: number }>;
  /** Changed files of the open step, by path. */
  readonly files: Map<string, Slot>;
  step: { entry: Entry; readonly children: Slot[] } | undefined;
  fold: Slot | undefined;
  chunk: Slot | undefined;
}

export const waitGapMs = 5_000;
export const idleGapMs = 120_000;
const chunkEvents = 400;
const waiting: ReadonlySet<string> = new Set(['draft', 'queued', 'paused', 'blocked', 'review']);
const working: ReadonlySet<string> = new Set(['running', 'validating']);
/** Nothing more is done, or nothing until its owner has looked at it. */
const over: ReadonlySet<string> = new Set([
  'review',
  'applied',
  'completed',
  'discarded',
  'failed',
  'timeout',
  'stopped',
  'rejected',
]);
const goesOn: ReadonlySet<string> = new Set(['queued', 'running']);
const asked: ReadonlySet<Entry['kind']> = new Set(['question', 'permission']);

export function createTimeline(): Timeline {
  const slots: Slot[] = [];
  const events: RunEvent[] = [];
  const failures: string[] = [];
  const lanes = new Map<string, Lane>();
  let lane = laneOf('');
  /** Directives that no step has read. */
  const unread: Slot[] = [];
  let status = '';
  /** The kind of the row that came last. */
  let newest: Entry['kind'] | undefined;
  let lastAt = Number.NaN;
  let version = 0;

  function laneOf(stage: string): Lane {
    const held = lanes.get(stage);
    if (held) return held;
    const made: Lane = {
      begun: new Map(),
      calls: new Map(),
      files: new Map(),
      step: undefined,
      fold: undefined,
      chunk: undefined,
    };
    lanes.set(stage, made);
    return made;
  }
  function place(entry: Entry): Slot {
    const within = lane.step?.children ?? slots;
    const slot = { entry, within };
    within.push(slot);
    newest = entry.kind;
    return slot;
  }
  function changeStep(change: (head: StepEntry) => Partial<StepEntry>): void {
    const { step } = lane;
    if (step?.entry.kind === 'step') step.entry = { ...step.entry, ...change(step.entry) };
  }
  function noteFailure(entry: Entry): void {
    failures.push(entry.key);
    changeStep((head) => ({ failedAt: [...head.failedAt, entry.until ?? entry.at] }));
  }
  function endRuns(): void {
    lane.fold = undefined;
    lane.chunk = undefined;
  }
  function endStep(at: number): void {
    endRuns();
    lane.files.clear();
    changeStep((head) => ({ open: false, until: head.until ?? at }));
    lane.step = undefined;
  }
  /** The run as a whole has gone on: no step of any stage is open any more. */
  function endSteps(at: number): void {
    const own = lane;
    for (const each of lanes.values()) {
      lane = each;
      endStep(at);
    }
    lane = own;
  }

  function addCall(item: Leaf): void {
    lane.chunk = undefined;
    const fold = lane.fold ?? place(item);
    if (lane.fold)
      fold.entry = fold.entry.kind === 'fold' ? grown(fold.entry, item) : foldOf([fold.entry as Leaf, item]);
    lane.fold = fold;
    const call = item.events[0];
    if (item.kind === 'tool' && call)
      lane.calls.set(text(call, 'id'), {
        slot: fold,
        index: fold.entry.kind === 'fold' ? fold.entry.items.length - 1 : 0,
      });
  }

  function endCall(event: RunEvent, at: number): void {
    const id = text(event, 'id');
    const found = lane.calls.get(id);
    lane.calls.delete(id);
    const held = found?.slot.entry;
    const items = held?.kind === 'fold' ? (held.items as Leaf[]) : held?.kind === 'tool' ? [held] : [];
    const call = found ? items[found.index] : undefined;
    if (!found || !call || !held) {
      // Its call lies before what has been read.
      endRuns();
      const orphan: Leaf = { ...leaf('message', event, at), kind: 'tool', tool: 'other', until: at };
      place(orphan);
      if (orphan.failed) noteFailure(orphan);
      return;
    }
    const done: Leaf = {
      ...call,
      until: at,
      open: false,
      failed: eventFailed(event),
      events: [...call.events, event],
    };
    items[found.index] = done;
    if (done.failed) {
      unfold(found.slot, items, found.index);
      noteFailure(done);
    } else found.slot.entry = held.kind === 'fold' ? { ...held, until: at, open: false } : done;
  }

  /** The failed call gets a row of its own; what came before and after stays folded. */
  function unfold(slot: Slot, items: Leaf[], index: number): void {
    const parts = [items.slice(0, index), items.slice(index, index + 1), items.slice(index + 1)].filter(
      (part) => part.length > 0,
    );
    const made = parts.map((part, at): Slot => {
      const entry = foldOf(part);
      if (at > 0) return { entry, within: slot.within };
      slot.entry = entry;
      return slot;
    });
    slot.within.splice(slot.within.indexOf(slot) + 1, 0, ...made.slice(1));
    parts.forEach((part, at) => {
      part.forEach((item, within) => {
        const call = item.events[0];
        const target = made[at];
        if (item.kind === 'tool' && item.open && call && target)
          lane.calls.set(text(call, 'id'), { slot: target, index: within });
      });
    });
    if (lane.fold === slot) lane.fold = index < items.length - 1 ? made.at(-1) : undefined;
  }

  function addOutput(event: RunEvent, at: number): void {
    const { chunk } = lane;
    const held = chunk?.entry;
    if (chunk && held?.kind === 'output' && held.events.length < chunkEvents) {
      (held.events as RunEvent[]).push(event);
      chunk.entry = { ...held, until: at };
      return;
    }
    lane.fold = undefined;
    lane.chunk = place({ ...leaf('output', event, at), until: at });
  }

  function addFile(event: RunEvent, at: number): void {
    const path = text(event, 'path');
    const known = lane.files.get(path);
    if (known?.entry.kind === 'file') {
      known.entry = { ...known.entry, until: at, events: [...known.entry.events, event] };
      return;
    }
    lane.chunk = undefined;
    const slot = place(leaf('file', event, at));
    if (lane.step) lane.files.set(path, slot);
  }

  /** Says what is not there: sequences that never came, and time in which nothing was written. */
  function addSilence(event: RunEvent, at: number): void {
    const none = { ...leaf('message', event, at), failed: false, events: [] };
    const last = events.at(-1);
    if (last && event.seq > last.seq + 1) {
      endRuns();
      const count = event.seq - last.seq - 1;
      place({ ...none, kind: 'missing', key: `missing${String(event.seq)}`, count });
      return;
    }
    const waits = waiting.has(status);
    if (!(at - lastAt >= (waits ? waitGapMs : idleGapMs))) return;
    endRuns();
    place({
      ...none,
      kind: 'gap',
      key: `gap${String(event.seq)}`,
      at: lastAt,
      until: at,
      status: waits ? status : null,
    });
  }

  function endPair(kind: Plain['kind'], event: RunEvent, at: number): void {
    if (kind !== 'process') endRuns();
    const slot = lane.begun.get(kind);
    lane.begun.delete(kind);
    const held = slot?.entry.kind === kind ? slot.entry : undefined;
    const done: Plain = {
      ...(held ?? leaf(kind, event, at - (number(event, 'durationMs') ?? 0))),
      until: at,
      open: false,
      failed: eventFailed(event),
      events: held ? [...held.events, event] : [event],
    };
    if (slot && held) slot.entry = done;
    else place(done);
    if (done.failed) noteFailure(done);
  }

  function addAlone(kind: Plain['kind'], event: RunEvent, at: number): void {
    if (kind === 'status') {
      const before = status;
      status = text(event, 'to');
      // The question says that it waits, and the answer that it goes on.
      const told =
        status === 'blocked' ? asked.has(newest ?? 'gap') : before === 'blocked' && goesOn.has(status);
      if (over.has(status)) endDirectives(null);
      if (told) {
        endSteps(at);
        return;
      }
      // What a step does is told by its own rows; only leaving the work is news.
      if (working.has(status) && [...lanes.values()].some((each) => each.step)) return;
      endSteps(at);
    } else if (kind === 'attempt') endSteps(at);
    // The stage as a whole, not a part of its last step.
    else if (kind === 'stage_started' || kind === 'stage_ended' || kind === 'joined') endStep(at);
    else endRuns();
    const entry = leaf(kind, event, at, kind === 'directive');
    const slot = place(entry);
    if (kind === 'directive') unread.push(slot);
    if (entry.failed) noteFailure(entry);
  }
  /** Directives are read when a step begins; when the run is over, never. */
  function endDirectives(until: number | null): void {
    for (const slot of unread.splice(0)) slot.entry = { ...slot.entry, open: false, until };
  }

  function add(event: RunEvent): void {
    const at = parseTime(event.createdAt);
    lane = laneOf(text(event, 'stage'));
    addSilence(event, at);
    events.push(event);
    lastAt = at;
    const begin = begins[event.type];
    const end = ends[event.type];
    const kind = alone[event.type];
    if (begin) {
      if (begin !== 'process') endRuns();
      lane.begun.set(begin, place(leaf(begin, event, at, true)));
    } else if (end) endPair(end, event, at);
    else if (kind) addAlone(kind, event, at);
    else if (event.type === 'output') {
      if (outputText(event) !== '' || text(event, 'text') === '') addOutput(event, at);
    } else if (event.type === 'file_change') addFile(event, at);
    else if (event.type === 'tool_result') endCall(event, at);
    else if (event.type === 'reasoning') addCall(leaf('reasoning', event, at));
    else if (event.type === 'tool_call')
      addCall({ ...leaf('message', event, at, true), kind: 'tool', tool: toolKind(text(event, 'tool')) });
    else if (event.type === 'usage')
      changeStep((head) => ({
        tokens: head.tokens + (number(event, 'tokensIn') ?? 0) + (number(event, 'tokensOut') ?? 0),
      }));
    else if (event.type === 'step_started') {
      endStep(at);
      endDirectives(at);
      const slot = { entry: stepOf(event, at), children: [], within: slots };
      slots.push(slot);
      lane.step = slot;
    } else if (event.type === 'step_ended') {
      endRuns();
      changeStep((head) => ({
        until: at,
        open: false,
        result: text(event, 'result'),
        events: [...head.events, event],
      }));
    }
  }

  return {
    append(more) {
      for (const event of more) if (event.seq > (events.at(-1)?.seq ?? 0)) add(event);
      version += 1;
    },
    slots,
    events,
    failures,
    get version() {
      return version;
    },
    get firstSeq() {
      return events[0]?.seq ?? 0;
    },
    get lastSeq() {
      return events.at(-1)?.seq ?? 0;
    },
  };
}
