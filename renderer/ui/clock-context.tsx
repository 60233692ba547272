import { createContext, use, useCallback, useSyncExternalStore, type ReactNode } from 'react';
import type { RendererClock, Ticker } from '../client/clock.ts';

interface Time {
  readonly clock: RendererClock;
  readonly ticker: Ticker;
}
const TimeContext = createContext<Time | undefined>(undefined);

export function ClockProvider({ clock, ticker, children }: Time & { children: ReactNode }) {
  return <TimeContext value={{ clock, ticker }}>{children}</TimeContext>;
}

function useTime(): Time {
  const time = use(TimeContext);
  if (!time) throw new Error('A live time needs a ClockProvider above it');
  return time;
}

export function useClock(): RendererClock {
  return useTime().clock;
}

/** The present, rounded down to `step`: the component renders again only when that changes. */
export function useNow(step: 1000 | 60_000 = 1000): number {
  const { ticker } = useTime();
  const read = useCallback(() => Math.floor(ticker.now() / step) * step, [ticker, step]);
  return useSyncExternalStore(ticker.subscribe, read, read);
}
