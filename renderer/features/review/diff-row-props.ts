import type { AgentWords } from './agent-words.ts';
import type { DiffFile } from './diff-file.ts';
import type { Gap, ShownLine } from './diff-rows.ts';
import type { Hunk } from './patch-lines.ts';
import type { LineComment } from './review-marks.ts';

/** What a row of the diff needs to be drawn and acted on. */
export interface DiffRowProps {
  readonly wrap: boolean;
  readonly viewed: ReadonlySet<string>;
  readonly onToggle: (path: string) => void;
  /** What a reader does with it; absent where a diff is only read. */
  readonly review?: RowReview | undefined;
}

export interface RowReview {
  readonly comments: Readonly<Record<string, LineComment>>;
  /** The line that is being commented on, and what was written so far. */
  readonly editing: string | null;
  readonly draft: string;
  /** Whether it was asked for just now, and takes the focus. */
  readonly asked: boolean;
  readonly onAsked: () => void;
  /** What the agent said beside each hunk. */
  readonly said: ReadonlyMap<Hunk, AgentWords>;
  readonly onViewed: (path: string, viewed: boolean) => void;
  readonly onComment: (file: DiffFile, line: ShownLine) => void;
  readonly onEdit: (key: string | null) => void;
  readonly onDraft: (key: string, text: string) => void;
  readonly onSave: (key: string, text: string) => void;
  readonly onRemove: (key: string) => void;
  readonly onGap: (file: DiffFile, gap: Gap) => void;
  /** A hunk, or the whole file for null; undefined where nothing can be left out any more. */
  readonly onLeaveOut: ((file: DiffFile, hunk: Hunk | null) => void) | undefined;
}
