import { ArrowLeft, ArrowRight, ChevronRight, PanelRight } from 'lucide-react';
import { Fragment } from 'react';
import { IconButton } from '../ui/icon-button.tsx';
import { cx } from '../ui/cx.ts';
import { useAction } from './actions-context.tsx';
import { ConnectionState } from './connection-state.tsx';
import { Link, useRouter, useRouterState } from './router-context.tsx';
import { to, type Location } from './routes.ts';
import { strings } from './strings.ts';
import { UpdatedNotice } from './updated-notice.tsx';

const words = strings.shell;

function parents(location: Location): readonly { readonly label: string; readonly location: Location }[] {
  const runs = { label: strings.routes.runs, location: to('runs', {}) };
  if (location.name === 'run') return [runs];
  if (location.name === 'review')
    return [runs, { label: strings.routes.run, location: to('run', location.params) }];
  if (location.name === 'proposal') return [{ label: strings.routes.board, location: to('board', {}) }];
  return [];
}

export interface TitleBarProps {
  readonly setCrumb: (element: HTMLElement | null) => void;
  readonly setActions: (element: HTMLElement | null) => void;
  readonly inspector: { readonly present: boolean; readonly open: boolean };
  readonly collapsed: boolean;
}

export function TitleBar({ setCrumb, setActions, inspector, collapsed }: TitleBarProps) {
  const router = useRouter();
  const { location, canGoBack, canGoForward } = useRouterState();
  const toggleInspector = useAction('shell.inspector');
  // The name of what is shown stands in for the name of its kind.
  const named = location?.name === 'run' || location?.name === 'proposal';
  return (
    <header
      className={cx(
        'drag-region flex h-40 shrink-0 items-center gap-8 border-b border-line pe-12 ps-8',
        collapsed && 'lights:pl-[28px]',
      )}
    >
      <div className="flex shrink-0">
        <IconButton
          icon={ArrowLeft}
          label={words.back}
          keys="$mod+BracketLeft"
          size="small"
          unavailable={canGoBack ? undefined : words.back}
          onClick={router.back}
        />
        <IconButton
          icon={ArrowRight}
          label={words.forward}
          keys="$mod+BracketRight"
          size="small"
          unavailable={canGoForward ? undefined : words.forward}
          onClick={router.forward}
        />
      </div>
      <nav aria-label={words.breadcrumb} className="group/crumbs flex min-w-0 flex-1 items-center gap-6">
        {location
          ? parents(location).map((parent) => (
              <Fragment key={parent.label}>
                <Link
                  location={parent.location}
                  className="flex h-24 items-center rounded-chip text-body text-ink-2 hover:text-ink max-narrow:hidden"
                >
                  {parent.label}
                </Link>
                <ChevronRight
                  aria-hidden
                  size={14}
                  strokeWidth={1.5}
                  className="shrink-0 text-ink-3 max-narrow:hidden"
                />
              </Fragment>
            ))
          : null}
        <h1
          className={cx(
            'shrink-0 text-body font-strong',
            named && 'group-has-[[data-slot=crumb]:not(:empty)]/crumbs:sr-only',
          )}
        >
          {location ? strings.routes[location.name] : strings.product}
        </h1>
        <div ref={setCrumb} data-slot="crumb" className="flex min-w-0 items-center gap-8 text-body" />
      </nav>
      {/* Where room is scarce, what is shown keeps its name and the keys stay in the shortcuts sheet. */}
      <div ref={setActions} className="flex shrink-0 items-center gap-8 max-narrow:[&_kbd]:hidden" />
      <UpdatedNotice />
      <ConnectionState />
      {inspector.present ? (
        <IconButton
          icon={PanelRight}
          label={words.toggleInspector}
          keys="BracketRight"
          size="small"
          aria-pressed={inspector.open}
          onClick={() => toggleInspector?.run()}
        />
      ) : null}
    </header>
  );
}
