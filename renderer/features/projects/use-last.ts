import { useState } from 'react';

/** What was known last: an answer that is asked anew stays in sight until the next one is there. */
export function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}
