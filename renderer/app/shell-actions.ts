import { useMemo } from 'react';
import { useToast } from '../ui/toast.tsx';
import type { Action } from './actions.ts';
import { useActions } from './actions-context.tsx';
import { linkTo } from './link-to.ts';
import { navigation } from './navigation.ts';
import { useRouter, useRouterState } from './router-context.tsx';
import { to } from './routes.ts';
import { usePreferences, useShellFeed, useShellState } from './shell-context.tsx';
import { strings } from './strings.ts';

const { groups, shell } = strings;

export interface ShellControls {
  readonly openPalette: () => void;
  readonly openShortcuts: () => void;
  readonly toggleSidebar: () => void;
  readonly toggleInspector: () => void;
  readonly inspectorPresent: boolean;
  readonly sidebarCollapsed: boolean;
  /** The window has room for the wide sidebar. */
  readonly sidebarFits: boolean;
}

/** What can be done from anywhere. */
export function useShellActions(controls: ShellControls): void {
  const router = useRouter();
  const { canGoBack, canGoForward } = useRouterState();
  const [, setPreferences] = usePreferences();
  const feed = useShellFeed();
  const { projects } = useShellState();
  const toast = useToast();

  const go = useMemo(
    () =>
      navigation.map((item): Action => ({
        id: `go.${item.route}`,
        title: strings.actions.go(item.label),
        group: groups.go,
        scope: 'global',
        keys: item.keys,
        stays: true,
        run: () => {
          router.go(to(item.route, {}, router.leftAt(item.route)));
        },
      })),
    [router],
  );
  const view = { group: groups.view, scope: 'global' } as const;
  useActions([
    ...go,
    {
      id: 'shell.back',
      title: shell.back,
      group: groups.go,
      scope: 'global',
      keys: '$mod+BracketLeft',
      unavailable: canGoBack ? undefined : 'this is the first page',
      stays: true,
      run: router.back,
    },
    {
      id: 'shell.forward',
      title: shell.forward,
      group: groups.go,
      scope: 'global',
      keys: '$mod+BracketRight',
      unavailable: canGoForward ? undefined : 'this is the last page',
      stays: true,
      run: router.forward,
    },
    {
      ...view,
      id: 'shell.copyLink',
      title: strings.actions.copyLink,
      keys: '$mod+Shift+c',
      stays: true,
      run: () => {
        void navigator.clipboard.writeText(linkTo(window.location.hash)).then(() => {
          toast({ text: strings.actions.linkCopied });
        });
      },
    },
    {
      ...view,
      id: 'shell.palette',
      title: strings.actions.palette,
      keys: '$mod+k',
      listed: false,
      run: controls.openPalette,
    },
    {
      ...view,
      id: 'shell.sidebar',
      title: controls.sidebarCollapsed ? shell.expand : shell.collapse,
      keys: 'BracketLeft',
      unavailable: controls.sidebarFits ? undefined : 'the window is too narrow',
      stays: true,
      run: controls.toggleSidebar,
    },
    {
      ...view,
      id: 'shell.inspector',
      title: shell.toggleInspector,
      keys: 'BracketRight',
      unavailable: controls.inspectorPresent ? undefined : 'nothing here has more detail',
      stays: true,
      run: controls.toggleInspector,
    },
    ...(['system', 'light', 'dark'] as const).map((theme) => ({
      ...view,
      id: `theme.${theme}`,
      title: strings.theme.use(strings.theme[theme]),
      stays: true,
      run: () => {
        setPreferences({ theme });
      },
    })),
    ...projects.map(({ id, name }) => ({
      ...view,
      id: `project.${id}`,
      title: `${shell.chooseProject}: ${name}`,
      stays: true,
      run: () => {
        feed.chooseProject(id);
      },
    })),
    {
      id: 'shell.shortcuts',
      title: strings.actions.shortcuts,
      group: groups.help,
      scope: 'global',
      keys: '[Shift]+?',
      run: controls.openShortcuts,
    },
  ]);
}
