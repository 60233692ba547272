import type { GlyphShape, Tone } from '../ui/status-glyph.tsx';

/** Start and end of a part of a text, in its own units. */
export type TextRange = readonly [number, number];

/** Something the palette can lead to besides an action: a proposal, a run, an account. */
export interface PaletteItem {
  readonly id: string;
  readonly title: string;
  /** What of the title was found. */
  readonly titleRanges?: readonly TextRange[] | undefined;
  readonly detail?: string | undefined;
  /** The text the words were found in. */
  readonly found?: { readonly text: string; readonly ranges: readonly TextRange[] } | undefined;
  /** Found by these too, though they are not shown. */
  readonly keywords?: string | undefined;
  readonly glyph?: { readonly shape: GlyphShape; readonly tone?: Tone } | undefined;
  readonly unavailable?: string | undefined;
  /** It opens nothing above the view, so the palette can stay open over it. */
  readonly stays?: boolean | undefined;
  readonly run: () => void;
  /** What else can be done with it; read when asked for. */
  readonly more?: (() => Promise<readonly PaletteItem[]>) | undefined;
}
export type PalettePrefix = '#' | ':' | '@';

export interface PaletteSource {
  /** Typing it first limits the search to this source. */
  readonly prefix: PalettePrefix;
  readonly group: string;
  /** Read when the palette opens; must be cheap, from what is loaded already. */
  readonly items: () => readonly PaletteItem[];
}

export interface PaletteAnswer {
  readonly groups: readonly { readonly group: string; readonly items: readonly PaletteItem[] }[];
  /** What the reader should know of it, such as that more may come. */
  readonly hint?: string | undefined;
}

/** Something that has to be asked: its answer comes below what is there at once. */
export interface PaletteFinder {
  /** With what typed before the text it is asked; '' is nothing. */
  readonly prefixes: readonly (PalettePrefix | '')[];
  /** A refusal is a sentence. */
  readonly find: (
    text: string,
    prefix: PalettePrefix | '',
  ) => Promise<
    { readonly ok: true; readonly value: PaletteAnswer } | { readonly ok: false; readonly message: string }
  >;
  /** What to offer when nothing was found. */
  readonly none?: ((text: string) => PaletteItem) | undefined;
}

export interface PaletteSources {
  register(source: PaletteSource): () => void;
  registerFinder(finder: PaletteFinder): () => void;
  all(): readonly PaletteSource[];
  finders(): readonly PaletteFinder[];
  /** Says what is selected, in a word or two; read when the palette opens. */
  registerSubject(read: () => string | undefined): () => void;
  /** What is selected in the innermost view that says so. */
  subject(): string | undefined;
}

export function createPaletteSources(): PaletteSources {
  let sources: readonly PaletteSource[] = [];
  let finders: readonly PaletteFinder[] = [];
  let subjects: readonly (() => string | undefined)[] = [];
  return {
    register(source) {
      sources = [...sources, source];
      return () => {
        sources = sources.filter((each) => each !== source);
      };
    },
    registerFinder(finder) {
      finders = [...finders, finder];
      return () => {
        finders = finders.filter((each) => each !== finder);
      };
    },
    all: () => sources,
    finders: () => finders,
    registerSubject(read) {
      subjects = [read, ...subjects];
      return () => {
        subjects = subjects.filter((each) => each !== read);
      };
    },
    subject() {
      for (const read of subjects) {
        const said = read();
        if (said !== undefined) return said;
      }
      return undefined;
    },
  };
}
