import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createActionRegistry } from './app/actions.ts';
import { App } from './app/app.tsx';
import { giveWay, keepLastScreen } from './app/last-screen.ts';
import { createPaletteSources } from './app/palette-sources.ts';
import { createPreferences } from './app/preferences.ts';
import { loadFirst, Root } from './app/root.tsx';
import { createRouter } from './app/router.ts';
import { views } from './app/views.tsx';
import { ClientProvider } from './client/client-context.tsx';
import { connectClient } from './client/client.ts';
import { createRendererClock, createTicker } from './client/clock.ts';
import { createClientFeed } from './client/shell-feed.ts';
import { askForBoard } from './features/board/first-question.ts';
import { SafeModeGate } from './features/safe-mode/safe-mode-gate.tsx';
import './ui/base.css';

function start(root: HTMLElement): void {
  const clock = createRendererClock();
  const client = connectClient(window, clock);
  const router = createRouter(window);
  const preferences = createPreferences(window.localStorage, document.documentElement, window);
  const { location } = router.snapshot();
  const loaded = loadFirst(views, location);
  const feed = createClientFeed(client, window.localStorage);
  feed.start();
  if (location?.name === 'board')
    askForBoard(client, location.search, preferences.snapshot(), feed.snapshot().project, window);
  const show = (): void => {
    createRoot(root).render(
      <StrictMode>
        <App
          clock={clock}
          ticker={createTicker(clock)}
          router={router}
          registry={createActionRegistry(preferences)}
          sources={createPaletteSources()}
          preferences={preferences}
          feed={feed}
        >
          <ClientProvider client={client}>
            <SafeModeGate>
              <Root views={views} />
            </SafeModeGate>
          </ClientProvider>
        </App>
      </StrictMode>,
    );
  };
  if (location?.name !== 'quick')
    keepLastScreen(window, root, clock, () => feed.snapshot().connection.state === 'live');
  const last = document.getElementById('last-screen');
  if (last) giveWay(root, last);
  // What is waited for while it is shown comes late.
  void loaded.then(show);
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
start(root);
