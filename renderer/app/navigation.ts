import {
  Activity,
  CalendarClock,
  ChartLine,
  CircleUserRound,
  FolderGit2,
  Inbox,
  Newspaper,
  Settings,
  SquareKanban,
  Target,
  type LucideIcon,
} from 'lucide-react';
import type { RouteName } from './routes.ts';
import type { ShellState } from './shell-feed.ts';
import { strings } from './strings.ts';

export interface NavItem {
  readonly route:
    | 'inbox'
    | 'board'
    | 'runs'
    | 'schedule'
    | 'goals'
    | 'insights'
    | 'briefings'
    | 'accounts'
    | 'projects'
    | 'settings';
  readonly label: string;
  readonly icon: LucideIcon;
  readonly keys: string;
  /** Routes shown under this item. */
  readonly holds: readonly RouteName[];
  readonly count?: { readonly of: keyof ShellState['counts']; readonly attention: boolean };
  readonly foot?: boolean;
}

export const navigation: readonly NavItem[] = [
  {
    route: 'inbox',
    label: strings.nav.inbox,
    icon: Inbox,
    keys: 'g i',
    holds: ['inbox'],
    count: { of: 'inbox', attention: true },
  },
  { route: 'board', label: strings.nav.board, icon: SquareKanban, keys: 'g b', holds: ['board', 'proposal'] },
  {
    route: 'runs',
    label: strings.nav.runs,
    icon: Activity,
    keys: 'g r',
    holds: ['runs', 'run', 'review'],
    count: { of: 'runs', attention: false },
  },
  {
    route: 'schedule',
    label: strings.nav.schedule,
    icon: CalendarClock,
    keys: 'g s',
    holds: ['schedule', 'intent'],
  },
  { route: 'goals', label: strings.nav.goals, icon: Target, keys: 'g o', holds: ['goals'] },
  { route: 'insights', label: strings.nav.insights, icon: ChartLine, keys: 'g n', holds: ['insights'] },
  {
    route: 'briefings',
    label: strings.nav.briefings,
    icon: Newspaper,
    keys: 'g f',
    holds: ['briefings'],
  },
  { route: 'accounts', label: strings.nav.accounts, icon: CircleUserRound, keys: 'g a', holds: ['accounts'] },
  { route: 'projects', label: strings.nav.projects, icon: FolderGit2, keys: 'g p', holds: ['projects'] },
  {
    route: 'settings',
    label: strings.nav.settings,
    icon: Settings,
    keys: '$mod+,',
    holds: ['settings'],
    foot: true,
  },
];
