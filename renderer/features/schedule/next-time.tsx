import type { ComponentProps } from 'react';
import { parseTime } from '../../client/clock.ts';
import { useNow } from '../../ui/clock-context.tsx';
import { untilWords } from './until-words.ts';

/** "in 3 hr", kept true by the shared clock. */
export function NextTime({ at, ...rest }: ComponentProps<'time'> & { readonly at: string }) {
  const now = useNow();
  return (
    <time {...rest} dateTime={at}>
      {untilWords(parseTime(at), now)}
    </time>
  );
}
