import type { LocationOf, RouteName } from './routes.ts';

/** A view gets its typed place; everything else it takes from the hooks of the shell and the client. */
export interface ViewProps<Name extends RouteName> {
  readonly location: LocationOf<Name>;
}
