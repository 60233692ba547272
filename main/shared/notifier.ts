/**
 * The port through which a notice reaches the owner, whatever shows it. A notice is only a view of something the database
 * holds: it may vanish, never appear, or be pressed late, and nothing is decided by its closing or timing out.
 */
export interface NoticeButton {
  /** Handed back when it is pressed; at most 128 characters. */
  readonly id: string;
  readonly label: string;
}

export interface Notice {
  /** Stable for what it shows, so that a later one can replace it. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly buttons: readonly NoticeButton[];
  readonly urgency: 'low' | 'normal' | 'critical';
}

/** What became of a notice. `failed` carries why, in a sentence. */
export type NoticeOutcome =
  | { readonly kind: 'shown'; readonly by: string }
  | { readonly kind: 'failed'; readonly by: string; readonly reason: string }
  | { readonly kind: 'closed'; readonly by: string }
  | { readonly kind: 'opened'; readonly by: string }
  | { readonly kind: 'pressed'; readonly by: string; readonly button: string };

export interface NoticeView {
  close(): void;
}

export interface Notifier {
  /** Named in outcomes: `electron`, `dbus`. */
  readonly name: string;
  /** Never throws; what goes wrong is told as an outcome. */
  show(notice: Notice, heard: (outcome: NoticeOutcome) => void): NoticeView;
}
