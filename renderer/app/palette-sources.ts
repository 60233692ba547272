import type { GlyphShape, Tone } from '../ui/status-glyph.tsx';

/** Something the palette can lead to besides an action: a proposal, a run. */
export interface PaletteItem {
  readonly id: string;
  readonly title: string;
  readonly detail?: string | undefined;
  /** Found by these too, though they are not shown. */
  readonly keywords?: string | undefined;
  readonly glyph?: { readonly shape: GlyphShape; readonly tone?: Tone } | undefined;
  readonly unavailable?: string | undefined;
  readonly run: () => void;
}
export interface PaletteSource {
  /** Typing it first limits the search to this source. */
  readonly prefix: '#' | ':' | '@';
  readonly group: string;
  /** Read when the palette opens; must be cheap, from what is loaded already. */
  readonly items: () => readonly PaletteItem[];
}

export interface PaletteSources {
  register(source: PaletteSource): () => void;
  all(): readonly PaletteSource[];
}

export function createPaletteSources(): PaletteSources {
  let sources: readonly PaletteSource[] = [];
  return {
    register(source) {
      sources = [...sources, source];
      return () => {
        sources = sources.filter((each) => each !== source);
      };
    },
    all: () => sources,
  };
}
