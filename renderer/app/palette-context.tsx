import { createContext, use, useEffect, useRef, type ReactNode } from 'react';
import type { PaletteSource, PaletteSources } from './palette-sources.ts';

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
