/**
 * The port through which a notice reaches the owner, whatever shows it. A notice is only a view of something the database
 * holds: it may vanish, never appear, or be pressed late, and nothing is decided by its closing or timing out.
 */
export interface NoticeButton {
  /** Handed back when it is pressed; at most 64 characters. */
  readonly id: string;
  readonly label: string;
}

export interface Notice {
  /** Stable for what it shows; what a channel says of an old one names it. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** Most wanted first; a channel shows as many as its `support` says. */
  readonly buttons: readonly NoticeButton[];
  /** Words may be given in place, on channels that can; they come back with this id. */
  readonly reply?: NoticeButton;
  readonly urgency: 'low' | 'normal' | 'critical';
}

/** What became of a notice. `failed` carries why, in a sentence. `shown` may say what the channel calls it. */
export type NoticeOutcome =
  | { readonly kind: 'shown'; readonly by: string; readonly ref?: string }
  | { readonly kind: 'failed'; readonly by: string; readonly reason: string }
  | { readonly kind: 'closed'; readonly by: string }
  | { readonly kind: 'opened'; readonly by: string }
  | { readonly kind: 'pressed'; readonly by: string; readonly button: string; readonly text?: string };

export interface NoticeView {
  close(): void;
}

/** What a channel can do on this machine, as it says itself. */
export interface NotifierSupport {
  readonly available: boolean;
  /** Who shows notices: name and version, or empty. */
  readonly server: string;
  readonly actions: boolean;
  readonly body: boolean;
  readonly inlineReply: boolean;
  /** How many buttons it shows at most. */
  readonly mostButtons: number;
  /** A notice of an earlier start of Homer still decides when it is pressed. */
  readonly survivesRestart: boolean;
  /** Why it is not available, or what to know about it; empty when there is nothing to say. */
  readonly note: string;
}

/** What was done to a notice of an earlier start, as far as the channel knows it. */
export type OldPress =
  | { readonly kind: 'button'; readonly button: string; readonly text?: string }
  /** The button by its place, and the notice by its id. */
  | { readonly kind: 'place'; readonly notice: string; readonly place: number; readonly text?: string }
  | { readonly kind: 'opened'; readonly notice: string }
  /** By what the channel called it when it was shown. */
  | { readonly kind: 'opened_ref'; readonly ref: string };

export interface Notifier {
  /** Named in outcomes: `electron`, `dbus`, `quick`. */
  readonly name: string;
  support(): Promise<NotifierSupport>;
  /** Never throws; what goes wrong is told as an outcome. */
  show(notice: Notice, heard: (outcome: NoticeOutcome) => void): NoticeView;
  /** From now on hears presses of notices that an earlier start showed. */
  hearOld?(heard: (press: OldPress) => void): void;
  /** Takes back a notice of an earlier start, by its id and what the channel called it. */
  closeOld?(notice: string, ref: string): void;
  /** Whether the desktop itself wants quiet; absent where it does not tell. */
  desktopIsQuiet?(): Promise<boolean>;
}

/** What a host lends to those who tell the owner. */
export interface NoticeSurface {
  /** In the order they are tried when nothing else was chosen. */
  readonly channels: readonly Notifier[];
  /** Opens the dashboard at a route. */
  open(route: string): void;
  /** Opens the list of what waits, with its decisions; the dashboard's inbox where there is none. */
  openQuick?(): void;
}

/** The part of the notice centre that hosts use. */
export interface NoticeDesk {
  /** From now on the owner is told. */
  attach(surface: NoticeSurface): void;
  /** Tells something that nobody has to decide, such as why a press was refused. */
  tell(title: string, body: string, route?: string): void;
}
