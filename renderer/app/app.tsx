import { CSPProvider } from '@base-ui/react/csp-provider';
import { useEffect, type ReactNode } from 'react';
import type { RendererClock, Ticker } from '../client/clock.ts';
import { ClockProvider } from '../ui/clock-context.tsx';
import { ToastProvider } from '../ui/toast.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import type { ActionRegistry } from './actions.ts';
import { ActionsProvider } from './actions-context.tsx';
import { connectKeys } from './key-dispatch.ts';
import { PaletteSourcesProvider } from './palette-context.tsx';
import type { PaletteSources } from './palette-sources.ts';
import type { Preferences } from './preferences.ts';
import type { Router } from './router.ts';
import { RouterProvider } from './router-context.tsx';
import { ShellProvider } from './shell-context.tsx';
import type { ShellFeed } from './shell-feed.ts';

export interface AppProps {
  readonly clock: RendererClock;
  readonly ticker: Ticker;
  readonly router: Router;
  readonly registry: ActionRegistry;
  readonly sources: PaletteSources;
  readonly preferences: Preferences;
  readonly feed: ShellFeed;
  /** What fills the window: the dashboard, or the quick window. */
  readonly children: ReactNode;
}

/** What every control needs around it; the catalogue uses it too. */
export function ControlProviders({
  clock,
  ticker,
  children,
}: {
  clock: RendererClock;
  ticker: Ticker;
  children: ReactNode;
}) {
  return (
    // The page allows no inline style elements; base.css holds the two rules the library would inject.
    <CSPProvider disableStyleElements>
      <ClockProvider clock={clock} ticker={ticker}>
        <TooltipProvider>
          <ToastProvider>{children}</ToastProvider>
        </TooltipProvider>
      </ClockProvider>
    </CSPProvider>
  );
}

export function App({ clock, ticker, router, registry, sources, preferences, feed, children }: AppProps) {
  useEffect(
    () => connectKeys(window, registry, { singleKeys: () => preferences.snapshot().singleKeys }),
    [registry, preferences],
  );
  return (
    <ControlProviders clock={clock} ticker={ticker}>
      <RouterProvider router={router}>
        <ActionsProvider registry={registry}>
          <PaletteSourcesProvider sources={sources}>
            <ShellProvider feed={feed} preferences={preferences}>
              {children}
            </ShellProvider>
          </PaletteSourcesProvider>
        </ActionsProvider>
      </RouterProvider>
    </ControlProviders>
  );
}
