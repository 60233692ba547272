import { createContext, use, useEffect, useRef, type ReactNode } from 'react';
import type { PaletteFinder, PaletteSource, PaletteSources } from './palette-sources.ts';

const SourcesContext = createContext<PaletteSources | undefined>(undefined);

export function PaletteSourcesProvider({
  sources,
  children,
}: {
  sources: PaletteSources;
  children: ReactNode;
}) {
  return <SourcesContext value={sources}>{children}</SourcesContext>;
}

export function usePaletteSources(): PaletteSources {
  const sources = use(SourcesContext);
  if (!sources) throw new Error('Palette sources need a PaletteSourcesProvider above them');
  return sources;
}

/** Lets the palette find more while the component is mounted. */
export function usePaletteSource({ prefix, group, items }: PaletteSource): void {
  const sources = usePaletteSources();
  const latest = useRef(items);
  useEffect(() => {
    latest.current = items;
  });
  useEffect(
    () => sources.register({ prefix, group, items: () => latest.current() }),
    [sources, prefix, group],
  );
}

/** Lets the palette ask for more while the component is mounted. */
export function usePaletteFinder({ prefixes, find, none }: PaletteFinder): void {
  const sources = usePaletteSources();
  const latest = useRef({ find, none });
  useEffect(() => {
    latest.current = { find, none };
  });
  const asked = prefixes.join(' ');
  const offers = none !== undefined;
  useEffect(
    () =>
      sources.registerFinder({
        prefixes: asked.split(' ') as PaletteFinder['prefixes'],
        find: (text, prefix) => latest.current.find(text, prefix),
        ...(offers
          ? { none: (text) => (latest.current.none as NonNullable<PaletteFinder['none']>)(text) }
          : {}),
      }),
    [sources, asked, offers],
  );
}

/** Tells the palette what is selected, such as P-29, while the component is mounted; undefined: nothing is. */
export function usePaletteSubject(read: () => string | undefined): void {
  const sources = usePaletteSources();
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  useEffect(() => sources.registerSubject(() => latest.current()), [sources]);
}
