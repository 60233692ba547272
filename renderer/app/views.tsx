import { Hammer } from 'lucide-react';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useRouter } from './router-context.tsx';
import { to, type LocationOf, type RouteName } from './routes.ts';
import { strings } from './strings.ts';

/** A view gets its typed place; everything else it takes from the hooks of the shell and the client. */
export interface ViewProps<Name extends RouteName> {
  readonly location: LocationOf<Name>;
}
export type Views = { readonly [Name in RouteName]: ViewOf<Name> };
type ViewOf<Name extends RouteName> =
  ComponentType<ViewProps<Name>> | LazyExoticComponent<ComponentType<ViewProps<Name>>>;

/** Wraps a view in a chunk of its own: `view(async () => (await import('../features/board/board-view.tsx')).BoardView)`. */
export function view<Name extends RouteName>(
  load: () => Promise<ComponentType<ViewProps<Name>>>,
): ViewOf<Name> {
  return lazy(async () => ({ default: await load() })) as unknown as ViewOf<Name>;
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
  inbox: Pending,
  board: Pending,
  runs: Pending,
  run: Pending,
  review: Pending,
  proposal: Pending,
  projects: Pending,
  settings: Pending,
};
