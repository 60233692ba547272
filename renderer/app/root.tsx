import { Suspense, type ComponentType } from 'react';
import { ErrorBoundary } from './error-boundary.tsx';
import { loadable } from './loadable.tsx';
import { useRouterState } from './router-context.tsx';
import type { Location } from './routes.ts';
import type { Views } from './views.tsx';

const Dashboard = loadable(async () => (await import('./dashboard.tsx')).Dashboard);

/** Reads what this address shows. Settles when that is there or cannot be had; showing it says why not. */
export async function loadFirst(views: Views, location: Location | undefined): Promise<void> {
  const parts = [
    ...(location ? [views[location.name].load()] : []),
    ...(location?.name === 'quick' ? [] : [Dashboard.load()]),
  ];
  await Promise.allSettled(parts);
}

/** Fills the window by its address. The quick window has no shell, and loads none of it. */
export function Root({ views }: { views: Views }) {
  const { location, entry } = useRouterState();
  if (location?.name !== 'quick')
    return (
      <Suspense fallback={null}>
        <Dashboard views={views} />
      </Suspense>
    );
  const Quick = views.quick as ComponentType<{ location: Location }>;
  return (
    <ErrorBoundary resetKey={entry}>
      <Suspense fallback={null}>
        <Quick location={location} />
      </Suspense>
    </ErrorBoundary>
  );
}
