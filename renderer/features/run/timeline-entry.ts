import type { ToolKind } from './tool-call.ts';
import type { RunEvent } from './run-types.ts';

/**
 * One thing a reader sees on the timeline, made of one or more events. An entry is never changed: a change makes a new
 * one under the same key, so a row knows by identity whether it must be drawn again.
 */
interface Common {
  /** Stays the same while events join it. */
  readonly key: string;
  /** Sequence of its first event. */
  readonly seq: number;
  readonly step: number | null;
  /** The stage it happened in; empty in a run without, and for what is of the whole run. */
  readonly stage: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Null while it goes on, or when it has no extent. */
  readonly until: number | null;
  /** It began and has not ended. */
  readonly open: boolean;
  readonly failed: boolean;
  readonly events: readonly RunEvent[];
}
export interface Plain extends Common {
  readonly kind:
    | 'message'
    | 'reasoning'
    | 'file'
    | 'output'
    | 'test'
    | 'setup'
    | 'process'
    | 'policy'
    | 'checkpoint'
    | 'directive'
    | 'question'
    | 'answer'
    | 'permission'
    | 'retry'
    | 'error'
    | 'status'
    | 'attempt'
    | 'worktree'
    | 'applied'
    | 'rolled_back'
    | 'stage_started'
    | 'stage_ended'
    | 'joined'
    | 'dry_run'
    | 'recovered'
    | 'capped'
    | 'quiet';
}
export interface ToolEntry extends Common {
  readonly kind: 'tool';
  readonly tool: ToolKind;
}
/** Consecutive tool calls that went well; the thoughts between them are inside. */
export interface FoldEntry extends Common {
  readonly kind: 'fold';
  readonly items: readonly Leaf[];
  readonly counts: Readonly<Partial<Record<ToolKind, number>>>;
}
/** Time in which nothing was written. `status` says what was waited for; null when the work itself was silent. */
export interface GapEntry extends Common {
  readonly kind: 'gap';
  readonly status: string | null;
}
/** Sequences that never arrived. */
export interface MissingEntry extends Common {
  readonly kind: 'missing';
  readonly count: number;
}
export interface StepEntry extends Common {
  readonly kind: 'step';
  readonly title: string;
  readonly of: number | null;
  readonly result: string;
  /** When something in it failed; milliseconds since 1970. */
  readonly failedAt: readonly number[];
  readonly tokens: number;
}
export type Leaf = Plain | ToolEntry;
export type Entry = Leaf | FoldEntry | GapEntry | MissingEntry | StepEntry;
export type EntryKind = Entry['kind'];

/** A row on screen: an entry at a depth, with whether it can be opened and is. */
export interface TimelineRow {
  readonly key: string;
  readonly entry: Entry;
  readonly depth: 0 | 1 | 2;
  readonly expanded: boolean | null;
}
