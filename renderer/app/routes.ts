/** Every address of the application. A filter, a lens and the selected row live in the search part. */
export const routes = {
  inbox: '/inbox',
  board: '/board',
  runs: '/runs',
  run: '/run/:id',
  review: '/run/:id/review',
  proposal: '/proposal/:id',
  schedule: '/schedule',
  intent: '/schedule/:id',
  goals: '/goals',
  insights: '/insights',
  briefings: '/briefings',
  accounts: '/accounts',
  projects: '/projects',
  settings: '/settings',
  quick: '/quick',
} as const;

export type RouteName = keyof typeof routes;
export type Search = Readonly<Record<string, string>>;
type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;
export type Params<Name extends RouteName> = Readonly<Record<ParamNames<(typeof routes)[Name]>, string>>;

/** One place in the application; narrow by `name` to get its params. */
export type Location = {
  [Name in RouteName]: { readonly name: Name; readonly params: Params<Name>; readonly search: Search };
}[RouteName];
export type LocationOf<Name extends RouteName> = Extract<Location, { name: Name }>;

/** `to('run', { id }, { lens: 'raw' })`; routes without parameters take `{}`. */
export function to<Name extends RouteName>(name: Name, params: Params<Name>, search: Search = {}): Location {
  return { name, params, search } as unknown as Location;
}

/** The address as a link carries it: "#/run/abc?lens=raw". Empty search values are left out. */
export function href(location: Location): string {
  const params: Readonly<Record<string, string>> = location.params;
  const path = routes[location.name].replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams(Object.entries(location.search).filter(([, value]) => value !== ''));
  return `#${path}${search.size > 0 ? `?${search.toString()}` : ''}`;
}

/** Undefined for an address that is not ours. */
export function parseHref(hash: string): Location | undefined {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const segments = path.split('/');
  for (const name of Object.keys(routes) as RouteName[]) {
    const pattern = routes[name].split('/');
    if (pattern.length !== segments.length) continue;
    const params: Record<string, string> = {};
    const fits = pattern.every((part, index) => {
      const segment = segments[index] ?? '';
      if (!part.startsWith(':')) return part === segment;
      const value = decode(segment);
      if (!value) return false;
      params[part.slice(1)] = value;
      return true;
    });
    if (fits)
      return { name, params, search: Object.fromEntries(new URLSearchParams(query)) } as unknown as Location;
  }
  return undefined;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A broken escape is an address that is not ours.
    return undefined;
  }
}
