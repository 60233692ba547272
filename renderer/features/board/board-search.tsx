import { Search } from 'lucide-react';
import type { Ref } from 'react';
import { useStore } from 'zustand/react';
import { TextField } from '../../ui/text-field.tsx';
import { strings } from './strings.ts';
import type { SearchBox } from './use-search-box.ts';

export interface BoardSearchProps {
  readonly box: SearchBox;
  readonly onLeave: () => void;
  readonly field: Ref<HTMLInputElement>;
}

export function BoardSearch({ box, onLeave, field }: BoardSearchProps) {
  const typed = useStore(box.store, (state) => state.typed);
  return (
    <TextField
      ref={field}
      icon={Search}
      keys="/"
      type="search"
      value={typed}
      maxLength={200}
      onValueChange={box.type}
      aria-label={strings.filter}
      placeholder={strings.filterPlaceholder}
      className="max-w-[240px] min-w-[140px] flex-1"
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Escape') box.type('');
          onLeave();
        }
      }}
    />
  );
}
