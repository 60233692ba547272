import { lazy, Suspense, type ReactNode } from 'react';
import { useSafeMode } from '../../client/client-context.tsx';

// Hardly anybody ever sees it.
const Page = lazy(async () => ({ default: (await import('./safe-mode-page.tsx')).SafeModePage }));

/** Shows what is damaged in the place of everything that needs the database. */
export function SafeModeGate({ children }: { children: ReactNode }) {
  if (!useSafeMode()) return children;
  return (
    <Suspense fallback={null}>
      <Page />
    </Suspense>
  );
}
