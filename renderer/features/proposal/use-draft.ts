import { useCallback, useState } from 'react';

const prefix = 'homer.draft.';

/** Text that is being written, kept on this machine until it is sent. */
export function useDraft(key: string): [string, (text: string) => void] {
  const name = `${prefix}${key}`;
  const [held, setHeld] = useState({ name, text: localStorage.getItem(name) ?? '' });
  const text = held.name === name ? held.text : (localStorage.getItem(name) ?? '');
  const set = useCallback(
    (next: string) => {
      if (next === '') localStorage.removeItem(name);
      else localStorage.setItem(name, next);
      setHeld({ name, text: next });
    },
    [name],
  );
  return [text, set];
}
