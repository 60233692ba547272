import { Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { useEntryState, useSearchValue } from '../../app/router-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { useQuery } from '../../client/client-context.tsx';
import { cx } from '../../ui/cx.ts';
import { TextField } from '../../ui/text-field.tsx';
import { SectionBody } from './section-body.tsx';
import { allSections, sectionGroups, type SettingsSection } from './sections.ts';
import { SettingsSearch } from './settings-search.tsx';
import { strings } from './strings.ts';
import { useChangedPreferences } from './use-changed-preferences.ts';

/** Search first, then the sections by what they are about; a dot beside those that hold what is not the default. */
export function SettingsView(_: ViewProps<'settings'>) {
  const [chosen, choose] = useSearchValue('section', 'general');
  const [query, setQuery] = useEntryState('query', '');
  const search = useRef<HTMLDivElement>(null);
  const nav = useRef<HTMLElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const searching = query.trim() !== '';
  const section = allSections.find((each) => each.name === chosen) ?? allSections[0];
  const changed = useChanged();
  useActions([
    {
      id: 'settings.search',
      title: strings.search,
      group: strings.group,
      scope: 'view',
      keys: '/',
      run: () => {
        search.current?.querySelector('input')?.focus();
      },
    },
  ]);
  const open = (name: SettingsSection['name']): void => {
    setQuery('');
    choose(name);
  };
  useEffect(() => {
    // In a narrow window the names are one row that scrolls.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (top.current) top.current.scrollTop = 0;
  }, [section]);
  if (!section) return null;
  return (
    <div className="flex min-h-0 flex-1 flex-col narrow:flex-row">
      <div className="flex shrink-0 flex-col border-line max-narrow:border-b narrow:w-sidebar narrow:overflow-y-auto narrow:border-e">
        <div ref={search} className="p-8 narrow:sticky narrow:top-0 narrow:bg-canvas narrow:p-12 narrow:pb-8">
          <TextField
            icon={Search}
            aria-label={strings.search}
            placeholder={strings.search}
            keys="@settings.search"
            value={query}
            onValueChange={setQuery}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || query === '') return;
              event.stopPropagation();
              setQuery('');
            }}
          />
        </div>
        <nav
          ref={nav}
          aria-label={strings.label}
          className="flex gap-2 overflow-x-auto p-8 pt-0 narrow:flex-col narrow:gap-12 narrow:pt-4"
        >
          {sectionGroups.map((group, index) => (
            <div key={index} className="flex gap-2 narrow:flex-col">
              {group.map(({ name, groups }) => (
                <button
                  key={name}
                  type="button"
                  aria-current={!searching && name === section.name ? 'page' : undefined}
                  onClick={() => {
                    open(name);
                  }}
                  className={cx(
                    'flex h-28 shrink-0 items-center gap-8 rounded-control px-12 text-start focus-visible:-outline-offset-2',
                    !searching && name === section.name
                      ? 'bg-selected font-medium text-ink'
                      : 'text-ink-2 hover:bg-hover hover:text-ink',
                  )}
                >
                  <span className="min-w-0 flex-1">{strings.sections[name]}</span>
                  {changed(name, groups) ? (
                    <span
                      role="img"
                      aria-label={strings.differs}
                      title={strings.differs}
                      className="size-6 rounded-full bg-accent"
                    />
                  ) : null}
                </button>
              ))}
            </div>
          ))}
        </nav>
      </div>
      <div
        ref={top}
        data-scroll={`settings ${section.name}`}
        className="min-h-0 min-w-0 flex-1 overflow-y-auto"
      >
        <section
          aria-label={searching ? strings.results : strings.sections[section.name]}
          className="flex max-w-[688px] flex-col gap-16 px-24 py-20"
        >
          <h2 className="text-page">{searching ? strings.results : strings.sections[section.name]}</h2>
          {searching ? (
            <SettingsSearch query={query.trim()} onChoose={open} />
          ) : (
            <SectionBody key={section.name} section={section} />
          )}
        </section>
      </div>
    </div>
  );
}

/** Whether a section holds what is not the default. */
function useChanged(): (name: SettingsSection['name'], groups: SettingsSection['groups']) => boolean {
  const flags = useQuery('flag.list', {}).data ?? [];
  const preferences = useChangedPreferences();
  const groupsChanged = new Set(
    flags.filter(({ value, defaultValue }) => value !== defaultValue).map(({ group }) => group),
  );
  return (name, groups) =>
    groups.some((group) => groupsChanged.has(group)) ||
    (name === 'appearance' && preferences.appearance) ||
    (name === 'shortcuts' && preferences.shortcuts);
}
