import type { KeyboardEvent } from 'react';

/** ⌘↵ or Ctrl+↵ inside a field does what the main button does. */
export function submitOnChord(submit: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    submit();
  };
}
