import {
  createContext,
  use,
  useCallback,
  useMemo,
  useState,
  useSyncExternalStore,
  type ComponentProps,
  type ReactNode,
} from 'react';
import type { ScrollMemory } from '../ui/virtual-list.tsx';
import type { Router, RouterState } from './router.ts';
import { href, type Location, type Search } from './routes.ts';

const RouterContext = createContext<Router | undefined>(undefined);

export function RouterProvider({ router, children }: { router: Router; children: ReactNode }) {
  return <RouterContext value={router}>{children}</RouterContext>;
}

export function useRouter(): Router {
  const router = use(RouterContext);
  if (!router) throw new Error('Routing needs a RouterProvider above it');
  return router;
}

export function useRouterState(): RouterState {
  const router = useRouter();
  return useSyncExternalStore(router.subscribe, router.snapshot);
}

/** A value of the address: a filter, a lens, the selected row. Setting it replaces the address; '' takes it out. */
export function useSearchValue(name: string, fallback = ''): [string, (value: string) => void] {
  const router = useRouter();
  const { location } = useRouterState();
  const set = useCallback(
    (value: string) => {
      const here = router.snapshot().location;
      if (!here) return;
      const search: Search = { ...here.search, [name]: value === fallback ? '' : value };
      router.replace({ ...here, search });
    },
    [router, name, fallback],
  );
  return [location?.search[name] ?? fallback, set];
}

/** State that comes back with Back and Forward, and starts afresh on a new visit. */
export function useEntryState<T>(name: string, initial: T): [T, (value: T) => void] {
  const router = useRouter();
  const memory = router.memory;
  const [value, setValue] = useState<T>(() => (memory.has(name) ? (memory.get(name) as T) : initial));
  const set = useCallback(
    (next: T) => {
      memory.set(name, next);
      setValue(next);
    },
    [memory, name],
  );
  return [value, set];
}

/** For a VirtualList: keeps its scroll offset under the present history entry. Any other element says its name in `data-scroll` instead. */
export function useScrollMemory(name = 'scroll'): ScrollMemory {
  const memory = useRouter().memory;
  return useMemo(
    () => ({
      name,
      read: () => (memory.get(name) as number | undefined) ?? 0,
      write: (offset: number) => {
        memory.set(name, offset);
      },
    }),
    [memory, name],
  );
}

/** A real link: it can be copied and is announced as one; a plain press stays inside the application. */
export function Link({
  location,
  onClick,
  ...rest
}: Omit<ComponentProps<'a'>, 'href'> & { location: Location }) {
  const router = useRouter();
  return (
    <a
      {...rest}
      href={href(location)}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0)
          return;
        event.preventDefault();
        router.go(location);
      }}
    />
  );
}
