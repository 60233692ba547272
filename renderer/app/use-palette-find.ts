import { useCallback, useEffect, useMemo, useState } from 'react';
import { useClock } from '../ui/clock-context.tsx';
import { usePaletteSources } from './palette-context.tsx';
import { readQuery } from './palette-results.ts';
import type { PaletteAnswer, PaletteItem } from './palette-sources.ts';

/** So long nothing may be typed before it is asked: fast fingers ask once for a word. */
const restMs = 40;

interface Answered {
  readonly query: string;
  readonly answer: PaletteAnswer | undefined;
  readonly failure: string | undefined;
}
export interface PaletteFind {
  /** An answer to what is typed now is still to come. */
  readonly awaited: boolean;
  readonly answer: PaletteAnswer | undefined;
  /** What was found for what was typed before, to be shown without being offered while the answer is awaited. */
  readonly former: PaletteAnswer | undefined;
  readonly failure: string | undefined;
  /** What to offer when nothing at all was found. */
  readonly none: PaletteItem | undefined;
  retry(): void;
}

/** Asks the finders for what is typed; an answer to something typed before is never taken for it. */
export function usePaletteFind(query: string): PaletteFind {
  const sources = usePaletteSources();
  const clock = useClock();
  const [answered, setAnswered] = useState<Answered>();
  const [tried, setTried] = useState(0);
  const { prefix, text } = readQuery(query);
  const key = `${prefix} ${text}`;
  const finders = useMemo(
    () =>
      prefix === '>' || (text === '' && prefix !== '@')
        ? []
        : sources.finders().filter(({ prefixes }) => prefixes.includes(prefix)),
    [sources, prefix, text],
  );

  useEffect(() => {
    if (finders.length === 0 || prefix === '>') return undefined;
    let gone = false;
    const cancel = clock.after(restMs, () => {
      void Promise.all(finders.map((finder) => finder.find(text, prefix))).then((replies) => {
        if (gone) return;
        const refused = replies.find((reply) => !reply.ok);
        const answers = replies.flatMap((reply) => (reply.ok ? [reply.value] : []));
        setAnswered({
          query: key,
          answer: {
            groups: answers.flatMap(({ groups }) => groups),
            hint: answers.find(({ hint }) => hint !== undefined)?.hint,
          },
          failure: refused?.ok === false ? refused.message : undefined,
        });
      });
    });
    return () => {
      gone = true;
      cancel();
    };
  }, [clock, finders, key, prefix, text, tried]);

  const retry = useCallback(() => {
    setAnswered(undefined);
    setTried((count) => count + 1);
  }, []);
  const none = useMemo(
    () => (text === '' ? undefined : finders.find((finder) => finder.none)?.none?.(text)),
    [finders, text],
  );
  const asks = finders.length > 0;
  const current = asks && answered?.query === key ? answered : undefined;
  return {
    awaited: asks && !current,
    answer: current?.answer,
    former: asks && !current ? answered?.answer : undefined,
    failure: current?.failure,
    none,
    retry,
  };
}
