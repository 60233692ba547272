import { Suspense } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { loadable } from '../../app/loadable.tsx';
import { useRouterState, useSearchValue } from '../../app/router-context.tsx';
import { strings } from './strings.ts';

const CreateRunDialog = loadable(async () => (await import('./create-run-dialog.tsx')).CreateRunDialog);

/** Lets a run be made from every page. Its address says so (`?new=run`), so that the tray and a link can open it. */
export function CreateRunHost() {
  const { location } = useRouterState();
  const [creating, setCreating] = useSearchValue('new');
  // The list of runs is where making one is likely enough for a single key.
  const atRuns = location?.name === 'runs';
  useActions([
    {
      id: 'run.create',
      title: strings.title,
      group: strings.group,
      scope: 'global',
      keys: atRuns ? 'n' : undefined,
      run: () => {
        setCreating('run');
      },
    },
  ]);
  if (creating === '') return null;
  return (
    <Suspense fallback={null}>
      <CreateRunDialog
        open
        onOpenChange={(open) => {
          setCreating(open ? 'run' : '');
        }}
      />
    </Suspense>
  );
}
