import { ChevronRight, SearchX } from 'lucide-react';
import { useQuery } from '../../client/client-context.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FlagRow } from './flag-row.tsx';
import { findSettings } from './find-settings.ts';
import { ReadState } from './read-state.tsx';
import type { SettingsSection } from './sections.ts';
import { strings } from './strings.ts';

/** What was found stands with its own controls, so that it is changed where it was found. */
export function SettingsSearch({
  query,
  onChoose,
}: {
  readonly query: string;
  readonly onChoose: (section: SettingsSection['name']) => void;
}) {
  const flags = useQuery('flag.list', {});
  return (
    <ReadState query={flags}>
      {(list) => {
        const found = findSettings(query, list);
        const count = found.reduce((sum, { flags: some, holds }) => sum + some.length + holds.length, 0);
        return (
          <>
            <p role="status" className="text-meta text-ink-2">
              {count === 0 ? '' : strings.foundCount(count)}
            </p>
            {count === 0 ? (
              <EmptyState icon={SearchX} title={strings.noSetting} detail={strings.noSettingDetail(query)} />
            ) : null}
            {found.map(({ section, flags: some, holds }) => (
              <section key={section.name} aria-label={strings.sections[section.name]}>
                <h3 className="border-b border-line pb-4">
                  <button
                    type="button"
                    className="text-title hover:underline"
                    onClick={() => {
                      onChoose(section.name);
                    }}
                  >
                    {strings.sections[section.name]}
                  </button>
                </h3>
                {holds.map((each) => (
                  <button
                    key={each}
                    type="button"
                    onClick={() => {
                      onChoose(section.name);
                    }}
                    className="-mx-8 flex min-h-32 w-[calc(100%+16px)] items-center gap-8 rounded-control px-8 text-start hover:bg-hover focus-visible:-outline-offset-2"
                  >
                    <span className="min-w-0 flex-1">{each}</span>
                    <ChevronRight
                      aria-hidden
                      size={14}
                      strokeWidth={1.5}
                      className="shrink-0 text-ink-3 rtl:-scale-x-100"
                    />
                  </button>
                ))}
                {some.map((flag) => (
                  <FlagRow key={`${flag.key} ${flag.value}`} flag={flag} />
                ))}
              </section>
            ))}
          </>
        );
      }}
    </ReadState>
  );
}
