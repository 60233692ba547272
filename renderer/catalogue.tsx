/**
 * Every control in every state, in both themes, for review by eye and by axe. Served by the development server only
 * (/catalogue.html); it is no input of the production build. `?theme=dark` or `?theme=light` shows one theme.
 */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ControlProviders } from './app/app.tsx';
import { createRendererClock, createTicker } from './client/clock.ts';
import { Markdown } from './ui/markdown.tsx';
import { StatusLabel } from './ui/status-glyph.tsx';
import { Badges } from './catalogue/badges.tsx';
import { Buttons } from './catalogue/buttons.tsx';
import { Choices } from './catalogue/choices.tsx';
import { Form } from './catalogue/form.tsx';
import { Lists } from './catalogue/lists.tsx';
import { Overlays } from './catalogue/overlays.tsx';
import { Part } from './catalogue/part.tsx';
import { States } from './catalogue/states.tsx';
import { Times } from './catalogue/times.tsx';
import { prose } from './catalogue/prose.ts';
import { shapes } from './catalogue/shapes.ts';
import './ui/base.css';

function Catalogue() {
  return (
    <div className="grid grid-cols-1 gap-24 p-24 wide:grid-cols-2">
      <Part title="Buttons" wide>
        <Buttons />
      </Part>
      <Part title="Status">
        {shapes.map(([shape, label]) => (
          <StatusLabel key={shape} shape={shape}>
            {label}
          </StatusLabel>
        ))}
      </Part>
      <Part title="Badges, chips, keys">
        <Badges />
      </Part>
      <Part title="Overlays">
        <Overlays />
      </Part>
      <Part title="Times, sizes, mono">
        <Times />
      </Part>
      <Part title="Form">
        <Form />
      </Part>
      <Part title="Choices">
        <Choices />
      </Part>
      <Part title="Lists: ten thousand rows, and one that follows its end" wide>
        <Lists />
      </Part>
      <Part title="Markdown">
        <Markdown text={prose} onOpenLink={() => undefined} />
      </Part>
      <Part title="States">
        <States />
      </Part>
    </div>
  );
}

function Page() {
  const only = new URLSearchParams(window.location.search).get('theme');
  const themes = (['light', 'dark'] as const).filter((theme) => !only || theme === only);
  // A single theme is put on <html>, so that overlays, which live outside, wear it too.
  if (only) document.documentElement.setAttribute('data-theme', only);
  return (
    <main className="h-full overflow-y-auto">
      <h1 className="sr-only">Control catalogue</h1>
      {themes.map((theme) => (
        <section key={theme} data-theme={theme} className="bg-canvas text-ink">
          <h2 className="px-24 pt-24 text-page">{theme}</h2>
          <Catalogue />
        </section>
      ))}
    </main>
  );
}

const root = document.getElementById('root');
if (root) {
  const clock = createRendererClock();
  createRoot(root).render(
    <StrictMode>
      <ControlProviders clock={clock} ticker={createTicker(clock)}>
        <Page />
      </ControlProviders>
    </StrictMode>,
  );
}
