import { useCallback } from 'react';
import { useRouter } from '../../app/router-context.tsx';
import { parseHref } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';

/** Where the quick window leads: to the dashboard's own window in the desktop app, to another page in a browser. */
export function usePlace(): {
  /** A window of its own can be hidden; a page cannot. */
  readonly hide: (() => void) | undefined;
  readonly open: (route: string) => void;
} {
  const router = useRouter();
  const command = useCommand();
  const { data } = useQuery('host.get', {});
  // Escape must hide the window before the first answer is there: only the desktop app has a bridge.
  const own = data ? data.host === 'desktop' : 'homer' in window;
  const open = useCallback(
    (route: string) => {
      const location = parseHref(route);
      if (own) void command('host.open', { route });
      else if (location) router.go(location);
    },
    [own, command, router],
  );
  const hide = useCallback(() => void command('host.quick', { shown: false }), [command]);
  return { open, hide: own ? hide : undefined };
}
