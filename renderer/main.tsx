import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createActionRegistry } from './app/actions.ts';
import { App } from './app/app.tsx';
import { createPaletteSources } from './app/palette-sources.ts';
import { createPreferences } from './app/preferences.ts';
import { createRouter } from './app/router.ts';
import { views } from './app/views.tsx';
import { ClientProvider } from './client/client-context.tsx';
import { connectClient } from './client/client.ts';
import { createRendererClock, createTicker } from './client/clock.ts';
import { createClientFeed } from './client/shell-feed.ts';
import { BoardProvider } from './features/board/board-context.tsx';
import { CreateRunHost } from './features/create-run/create-run-host.tsx';
import { RuntimeActions } from './features/runtime/runtime-actions.tsx';
import { RuntimeBanner } from './features/runtime/runtime-banner.tsx';
import { ScheduleActions } from './features/schedule/schedule-actions.tsx';
import { ProposalSource } from './features/proposal/proposal-source.tsx';
import { DecisionsProvider } from './features/proposal/decisions-provider.tsx';
import { SafeModeGate } from './features/safe-mode/safe-mode-gate.tsx';
import './ui/base.css';

function start(root: HTMLElement): void {
  const clock = createRendererClock();
  const client = connectClient(window, clock);
  const feed = createClientFeed(client, window.localStorage);
  feed.start();
  createRoot(root).render(
    <StrictMode>
      <App
        clock={clock}
        ticker={createTicker(clock)}
        router={createRouter(window)}
        registry={createActionRegistry()}
        sources={createPaletteSources()}
        preferences={createPreferences(window.localStorage, document.documentElement)}
        feed={feed}
        views={views}
        banner={<RuntimeBanner />}
        wrap={(shell) => (
          <ClientProvider client={client}>
            <SafeModeGate>
              <DecisionsProvider>
                <ProposalSource />
                <CreateRunHost />
                <RuntimeActions />
                <ScheduleActions />
                <BoardProvider>{shell}</BoardProvider>
              </DecisionsProvider>
            </SafeModeGate>
          </ClientProvider>
        )}
      />
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
start(root);
