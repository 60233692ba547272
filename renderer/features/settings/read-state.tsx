import type { ReactNode } from 'react';
import { ReadState as Read, type Readable } from '../../ui/read-state.tsx';
import { strings } from './strings.ts';

/** A section of the settings as it was read. */
export function ReadState<T>({ query, children }: { query: Readable<T>; children: (data: T) => ReactNode }) {
  return (
    <Read query={query} failed={strings.failed} barClassName="">
      {children}
    </Read>
  );
}
