import { Search } from 'lucide-react';
import type { Ref } from 'react';
import { TextField } from './text-field.tsx';

export interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onValueChange: (words: string) => void;
  /** Escape, which empties it as well, Enter and ↓ lead to what was found. */
  readonly onLeave: () => void;
  readonly ref: Ref<HTMLInputElement>;
}

/** Words that choose among what is shown below, as they are typed; `/` leads to it. */
export function SearchField({ label, placeholder, value, onValueChange, onLeave, ref }: SearchFieldProps) {
  return (
    <TextField
      ref={ref}
      icon={Search}
      keys="/"
      type="search"
      value={value}
      maxLength={200}
      onValueChange={onValueChange}
      aria-label={label}
      placeholder={placeholder}
      className="max-w-[240px] min-w-[140px] flex-1"
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Escape') onValueChange('');
          onLeave();
        }
      }}
    />
  );
}
