import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createActionRegistry } from './app/actions.ts';
import { App } from './app/app.tsx';
import { createPaletteSources } from './app/palette-sources.ts';
import { createPreferences } from './app/preferences.ts';
import { createRouter } from './app/router.ts';
import { createShellFeed } from './app/shell-feed.ts';
import { views } from './app/views.tsx';
import { createRendererClock, createTicker } from './client/clock.ts';
import './ui/base.css';

function start(root: HTMLElement): void {
  const clock = createRendererClock();
  createRoot(root).render(
    <StrictMode>
      <App
        clock={clock}
        ticker={createTicker(clock)}
        router={createRouter(window)}
        registry={createActionRegistry()}
        sources={createPaletteSources()}
        preferences={createPreferences(window.localStorage, document.documentElement)}
        feed={createShellFeed()}
        views={views}
      />
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
start(root);
