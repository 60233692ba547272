import type { ComponentType } from 'react';
import { loadable, type Loadable } from './loadable.tsx';
import type { RouteName } from './routes.ts';
import type { ViewProps } from './view-props.ts';

export type Views = { readonly [Name in RouteName]: ViewOf<Name> };
type ViewOf<Name extends RouteName> = Loadable<ViewProps<Name>>;

/** Wraps a view in a chunk of its own: `view(async () => (await import('../features/board/board-view.tsx')).BoardView)`. */
export function view<Name extends RouteName>(
  load: () => Promise<ComponentType<ViewProps<Name>>>,
): ViewOf<Name> {
  return loadable(load);
}

/** Which component shows which route. A view plugs in by replacing its line. */
export const views: Views = {
  inbox: view<'inbox'>(async () => (await import('../features/inbox/inbox-view.tsx')).InboxView),
  board: view<'board'>(async () => (await import('../features/board/board-view.tsx')).BoardView),
  runs: view<'runs'>(async () => (await import('../features/run/runs-view.tsx')).RunsView),
  run: view<'run'>(async () => (await import('../features/run/run-view.tsx')).RunView),
  review: view<'review'>(async () => (await import('../features/review/review-view.tsx')).ReviewView),
  proposal: view<'proposal'>(
    async () => (await import('../features/proposal/proposal-view.tsx')).ProposalView,
  ),
  schedule: view<'schedule'>(
    async () => (await import('../features/schedule/schedule-view.tsx')).ScheduleView,
  ),
  intent: view<'intent'>(async () => (await import('../features/schedule/intent-view.tsx')).IntentView),
  goals: view<'goals'>(async () => (await import('../features/goals/goals-view.tsx')).GoalsView),
  insights: view<'insights'>(
    async () => (await import('../features/insights/insights-view.tsx')).InsightsView,
  ),
  briefings: view<'briefings'>(
    async () => (await import('../features/briefing/briefing-view.tsx')).BriefingView,
  ),
  accounts: view<'accounts'>(
    async () => (await import('../features/accounts/accounts-view.tsx')).AccountsView,
  ),
  projects: view<'projects'>(
    async () => (await import('../features/projects/projects-view.tsx')).ProjectsView,
  ),
  settings: view<'settings'>(
    async () => (await import('../features/settings/settings-view.tsx')).SettingsView,
  ),
  quick: view<'quick'>(async () => (await import('../features/quick/quick-view.tsx')).QuickView),
};
