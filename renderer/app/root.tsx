import { lazy, Suspense, type ComponentType } from 'react';
import { ErrorBoundary } from './error-boundary.tsx';
import { useRouterState } from './router-context.tsx';
import type { Location } from './routes.ts';
import type { Views } from './views.tsx';

const Dashboard = lazy(async () => ({ default: (await import('./dashboard.tsx')).Dashboard }));

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
