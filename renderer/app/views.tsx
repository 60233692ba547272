import { Hammer } from 'lucide-react';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useRouter } from './router-context.tsx';
import { to, type RouteName } from './routes.ts';
import { strings } from './strings.ts';
import type { ViewProps } from './view-props.ts';

export type Views = { readonly [Name in RouteName]: ViewOf<Name> };
type ViewOf<Name extends RouteName> =
  ComponentType<ViewProps<Name>> | LazyExoticComponent<ComponentType<ViewProps<Name>>>;

/** Wraps a view in a chunk of its own: `view(async () => (await import('../features/board/board-view.tsx')).BoardView)`. */
export function view<Name extends RouteName>(
  load: () => Promise<ComponentType<ViewProps<Name>>>,
): ViewOf<Name> {
  return lazy(async () => ({ default: await load() }));
}

function Pending({ location }: { location: { name: RouteName } }) {
  const router = useRouter();
  const board = location.name === 'board';
  return (
    <EmptyState
      icon={Hammer}
      title={strings.pending.title(strings.routes[location.name])}
      detail={strings.pending.detail}
      action={
        board ? undefined : (
          <Button
            onClick={() => {
              router.go(to('board', {}));
            }}
          >
            {strings.pending.board}
          </Button>
        )
      }
    />
  );
}

/** Which component shows which route. A view plugs in by replacing its line. */
export const views: Views = {
  inbox: view<'inbox'>(async () => (await import('../features/inbox/inbox-view.tsx')).InboxView),
  board: view<'board'>(async () => (await import('../features/board/board-view.tsx')).BoardView),
  runs: Pending,
  run: Pending,
  review: Pending,
  proposal: view<'proposal'>(
    async () => (await import('../features/proposal/proposal-view.tsx')).ProposalView,
  ),
  projects: view<'projects'>(
    async () => (await import('../features/projects/projects-view.tsx')).ProjectsView,
  ),
  settings: view<'settings'>(
    async () => (await import('../features/settings/settings-view.tsx')).SettingsView,
  ),
};
