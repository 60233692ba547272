import { ChevronsUpDown, Layers, PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { useAction } from './actions-context.tsx';
import { navigation, type NavItem } from './navigation.ts';
import { Link, useRouter, useRouterState } from './router-context.tsx';
import { to } from './routes.ts';
import { useShellFeed, useShellState } from './shell-context.tsx';
import { strings } from './strings.ts';

const words = strings.shell;

function NavLink({ item, collapsed }: { item: NavItem; collapsed: boolean }) {
  const router = useRouter();
  const { location } = useRouterState();
  const { counts } = useShellState();
  const here = location !== undefined && item.holds.includes(location.name);
  const count = item.count ? (counts[item.count.of] ?? 0) : 0;
  const Icon = item.icon;
  const link = (
    <Link
      location={to(item.route, {}, router.leftAt(item.route))}
      aria-current={here ? 'page' : undefined}
      aria-label={!collapsed ? undefined : count > 0 ? words.newIn(item.label, count) : item.label}
      className={cx(
        'relative flex h-32 items-center gap-8 rounded-control text-body text-ink-2 hover:bg-hover hover:text-ink',
        collapsed ? 'justify-center' : 'px-8',
        here && 'bg-selected font-medium text-ink hover:bg-selected',
      )}
    >
      <Icon aria-hidden size={16} strokeWidth={1.5} className="shrink-0" />
      {collapsed ? null : <span className="min-w-0 flex-1 truncate">{item.label}</span>}
      {count > 0 ? (
        <span
          className={cx(
            'tabular-nums',
            item.count?.attention ? 'font-strong text-attention-text' : 'text-ink-2',
            collapsed ? 'absolute top-0 end-2 text-micro' : 'text-meta',
          )}
        >
          {count > 99 ? '99+' : count}
        </span>
      ) : null}
    </Link>
  );
  return (
    <li>
      {collapsed ? (
        <Tooltip content={item.label} keys={item.keys} side="right">
          {link}
        </Tooltip>
      ) : (
        link
      )}
    </li>
  );
}

function ProjectSwitcher({ collapsed }: { collapsed: boolean }) {
  const feed = useShellFeed();
  const { projects, project } = useShellState();
  const current = projects.find((each) => each.id === project)?.name ?? words.allProjects;
  const entries: readonly MenuEntry[] = [
    {
      id: '',
      label: words.allProjects,
      checked: project === undefined,
      onSelect: () => {
        feed.chooseProject(undefined);
      },
    },
    ...(projects.length > 0 ? (['separator'] as const) : []),
    ...projects.map((each) => ({
      id: each.id,
      label: each.name,
      checked: each.id === project,
      onSelect: () => {
        feed.chooseProject(each.id);
      },
    })),
  ];
  const label = `${words.chooseProject}: ${current}`;
  return (
    <Menu
      entries={entries}
      trigger={
        collapsed ? (
          <IconButton icon={Layers} label={label} tooltipSide="right" className="mx-auto size-32" />
        ) : (
          <button
            type="button"
            aria-label={label}
            className="flex h-28 min-w-0 flex-1 items-center gap-4 rounded-control px-8 text-body font-strong text-ink hover:bg-hover data-popup-open:bg-hover"
          >
            <span className="truncate">{current}</span>
            <ChevronsUpDown aria-hidden size={14} strokeWidth={1.5} className="shrink-0 text-ink-3" />
          </button>
        )
      }
    />
  );
}

export function Sidebar({
  collapsed,
  width,
  foot,
}: {
  collapsed: boolean;
  width: number;
  /** What stands below the settings: how it is with something that runs out. */
  foot?: ((collapsed: boolean) => ReactNode) | undefined;
}) {
  const palette = useAction('shell.palette');
  const toggle = useAction('shell.sidebar');
  const items = (foot: boolean) =>
    navigation
      .filter((item) => (item.foot ?? false) === foot)
      .map((item) => <NavLink key={item.route} item={item} collapsed={collapsed} />);
  return (
    <aside
      className="flex h-full shrink-0 flex-col overflow-hidden"
      style={{ width: collapsed ? 52 : width }}
    >
      <div
        className={cx(
          'drag-region flex h-40 shrink-0 items-center gap-4 px-8 lights:pl-[76px]',
          collapsed && 'lights:invisible',
        )}
      >
        {collapsed ? null : <ProjectSwitcher collapsed={false} />}
        <IconButton
          icon={Search}
          label={words.search}
          keys="$mod+k"
          onClick={() => palette?.run()}
          className={collapsed ? 'mx-auto' : 'ms-auto'}
        />
      </div>
      <nav
        aria-label={strings.nav.label}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto px-8 pt-8 pb-8"
      >
        <ul className="flex flex-col gap-2">
          {collapsed ? (
            <li className="mb-4 flex">
              <ProjectSwitcher collapsed />
            </li>
          ) : null}
          {items(false)}
        </ul>
        <ul className="mt-auto flex flex-col gap-2 pt-16">{items(true)}</ul>
        {foot?.(collapsed)}
        <IconButton
          icon={collapsed ? PanelLeftOpen : PanelLeftClose}
          label={collapsed ? words.expand : words.collapse}
          keys="BracketLeft"
          tooltipSide="right"
          unavailable={toggle?.unavailable}
          onClick={() => toggle?.run()}
          aria-expanded={!collapsed}
          className={cx('mt-4 size-32', collapsed && 'mx-auto')}
        />
      </nav>
    </aside>
  );
}
