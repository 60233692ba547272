import type { RouteName, Search } from './routes.ts';

/** What a view shows, and not what was open in it: how the owner left it, it is found again. The board keeps its own. */
const kept: Partial<Record<RouteName, readonly string[]>> = {
  inbox: ['list'],
  runs: ['show', 'q', 'status', 'projects', 'accounts', 'view'],
  schedule: ['view', 'show'],
  goals: ['show'],
  insights: ['days', 'project'],
  projects: ['id', 'part'],
  settings: ['section'],
};

/** The part of an address that is kept for the next visit. */
export function keptSearch(route: RouteName, search: Search): Search {
  const names = kept[route] ?? [];
  return Object.fromEntries(Object.entries(search).filter(([name]) => names.includes(name)));
}
