import type { Ref } from 'react';
import { useStore } from 'zustand/react';
import type { SearchBox } from '../../client/use-search-box.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { strings } from './strings.ts';

export interface BoardSearchProps {
  readonly box: SearchBox;
  readonly onLeave: () => void;
  readonly field: Ref<HTMLInputElement>;
}

/** Takes the words by itself, so that the board does not render with every letter. */
export function BoardSearch({ box, onLeave, field }: BoardSearchProps) {
  const typed = useStore(box.store, (state) => state.typed);
  return (
    <SearchField
      ref={field}
      label={strings.filter}
      placeholder={strings.filterPlaceholder}
      value={typed}
      onValueChange={box.type}
      onLeave={onLeave}
    />
  );
}
