import { Compass } from 'lucide-react';
import { Suspense, useEffect, useMemo, useRef, useState, type ComponentType, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ResizeHandle } from '../ui/resize-handle.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useResize } from '../ui/use-resize.ts';
import { CommandPalette } from './command-palette.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { useRouter, useRouterState } from './router-context.tsx';
import { to, type Location } from './routes.ts';
import { LiveSummary } from './live-summary.tsx';
import { useShellActions } from './shell-actions.ts';
import { SlotsContext, usePreferences } from './shell-context.tsx';
import { ShortcutsSheet } from './shortcuts-sheet.tsx';
import { Sidebar } from './sidebar.tsx';
import { strings } from './strings.ts';
import { TitleBar } from './title-bar.tsx';
import { useKeptScroll } from './use-kept-scroll.ts';
import { useMedia } from './use-media.ts';
import { ViewNotRead } from './view-not-read.tsx';
import type { Views } from './views.tsx';

function Unknown() {
  const router = useRouter();
  return (
    <EmptyState
      icon={Compass}
      title={strings.unknown.title}
      detail={strings.unknown.detail}
      action={
        <Button
          variant="primary"
          onClick={() => {
            router.go(to('board', {}));
          }}
        >
          {strings.unknown.board}
        </Button>
      }
    />
  );
}

function Page({ views, location }: { views: Views; location: Location | undefined }) {
  if (!location) return <Unknown />;
  // The route and its component are chosen by the same name; the type system cannot see that they agree.
  const View = views[location.name] as ComponentType<{ location: Location }>;
  return <View location={location} />;
}

export function Shell({
  views,
  banner,
  foot,
}: {
  views: Views;
  banner?: ReactNode;
  foot?: ((collapsed: boolean) => ReactNode) | undefined;
}) {
  const { location, entry } = useRouterState();
  const [preferences, setPreferences] = usePreferences();
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const [crumb, setCrumb] = useState<HTMLElement | null>(null);
  const [actions, setActions] = useState<HTMLElement | null>(null);
  const [inspector, setInspector] = useState<HTMLElement | null>(null);
  const [named, setNamed] = useState<string>();
  const [inspected, setInspected] = useState(false);
  const [overlaid, setOverlaid] = useState(false);
  const main = useRef<HTMLElement>(null);
  const narrow = useMedia('(max-width: 759px)');
  const cramped = useMedia('(max-width: 1099px)');
  const collapsed = preferences.sidebarCollapsed || narrow;
  // Where there is no room beside the content, the inspector lies over it, and only when asked for.
  const inspectorOpen = inspected && (cramped ? overlaid : preferences.inspectorOpen);
  const { size, handle } = useResize({
    label: strings.shell.resize,
    initial: preferences.sidebarWidth,
    minimum: 180,
    maximum: 320,
    pane: 'before',
    onCommit: (sidebarWidth) => {
      setPreferences({ sidebarWidth });
    },
  });

  useShellActions({
    openPalette: () => {
      setPalette(true);
    },
    openShortcuts: () => {
      setShortcuts(true);
    },
    toggleSidebar: () => {
      setPreferences({ sidebarCollapsed: !preferences.sidebarCollapsed });
    },
    toggleInspector: () => {
      if (cramped) setOverlaid(!overlaid);
      else setPreferences({ inspectorOpen: !preferences.inspectorOpen });
    },
    inspectorPresent: inspected,
    sidebarCollapsed: collapsed,
    sidebarFits: !narrow,
  });
  useEffect(() => {
    const name = named ?? (location ? strings.routes[location.name] : undefined);
    document.title = name === undefined ? strings.product : `${name} · ${strings.product}`;
  }, [named, location]);
  useEffect(() => {
    // What lies above the view keeps the keyboard: it was the palette that led here.
    if (document.activeElement?.closest('[data-scope=dialog]')) return;
    main.current?.focus({ preventScroll: true });
  }, [entry, location?.name]);

  useKeptScroll(main);

  const slots = useMemo(
    () => ({ crumb, actions, inspector, setInspected, setNamed }),
    [crumb, actions, inspector],
  );
  return (
    <SlotsContext value={slots}>
      <a
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
        className="sr-only z-50 rounded-control bg-raised px-12 py-4 text-body focus-visible:not-sr-only focus-visible:fixed focus-visible:top-4 focus-visible:start-4"
      >
        {strings.shell.skip}
      </a>
      <div className="flex h-full">
        <Sidebar collapsed={collapsed} width={size} foot={foot} />
        {collapsed ? <div className="w-px shrink-0 bg-line" /> : <ResizeHandle {...handle} />}
        <div className="flex min-w-0 flex-1 flex-col">
          <TitleBar
            setCrumb={setCrumb}
            setActions={setActions}
            inspector={{ present: inspected, open: inspectorOpen }}
            collapsed={collapsed}
          />
          {banner}
          <div className="relative flex min-h-0 flex-1">
            <main
              ref={main}
              id="main"
              tabIndex={-1}
              data-ring="none"
              data-scroll="main"
              className="flex min-h-0 min-w-0 flex-1 flex-col overflow-auto outline-none"
            >
              <ErrorBoundary resetKey={entry} notRead={(retry) => <ViewNotRead onRetry={retry} />}>
                <Suspense fallback={<SkeletonRows rows={10} />}>
                  <Page key={entry} views={views} location={location} />
                </Suspense>
              </ErrorBoundary>
            </main>
            <aside
              ref={setInspector}
              aria-label={strings.shell.inspector}
              hidden={!inspectorOpen}
              className={cx(
                'w-inspector max-w-full shrink-0 overflow-y-auto border-s border-line bg-surface',
                cramped && 'absolute inset-y-0 end-0 z-20 shadow-popover',
              )}
            />
          </div>
        </div>
      </div>
      <LiveSummary />
      <CommandPalette open={palette} onOpenChange={setPalette} />
      <ShortcutsSheet open={shortcuts} onOpenChange={setShortcuts} />
    </SlotsContext>
  );
}
