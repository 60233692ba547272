import path from 'node:path';

/** What the bundler tells of its modules, as far as it is needed here. */
interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}
interface Group {
  readonly name: (id: string, modules: Modules) => string | null;
  readonly priority: number;
}

/**
 * Chunks of what is read at the start. Left to itself the bundler makes one of every combination of views that share a module: some forty
 * requests for a few kilobytes each, before anything is shown. Here it is three: what every window reads, what only the dashboard and its
 * views read of it, and what those share with the quick window, which has no shell and reads none of it.
 */
export function startGroups(root: string): Group[] {
  const file = (name: string): string => path.join(root, name);
  const entries = {
    start: file('main.tsx'),
    shell: file('app/dashboard.tsx'),
    quick: file('features/quick/quick-view.tsx'),
  };
  let known: Record<keyof typeof entries, ReadonlySet<string>> | undefined;
  const placeOf = (id: string, modules: Modules): 'start' | 'shared' | 'shell' | undefined => {
    known ??= {
      start: reach(entries.start, modules),
      shell: reach(entries.shell, modules),
      quick: reach(entries.quick, modules),
    };
    if (Object.values(entries).includes(id)) return undefined;
    if (known.start.has(id)) return 'start';
    if (!known.shell.has(id)) return undefined;
    return known.quick.has(id) ? 'shared' : 'shell';
  };
  // The highest first: a group takes what its modules import along with it, unless that has its place already.
  return (['shell', 'shared', 'start'] as const).map((place, index) => ({
    name: (id, modules) => (placeOf(id, modules) === place ? place : null),
    priority: index + 1,
  }));
}

/** Everything that is read before this module can run. */
function reach(entry: string, modules: Modules): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const id of found) for (const next of modules.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}
