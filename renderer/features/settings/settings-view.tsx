import { useEffect, useRef } from 'react';
import { useSearchValue } from '../../app/router-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { cx } from '../../ui/cx.ts';
import { NotificationsSection } from '../notifications/notifications-section.tsx';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { BackupSection } from './backup-section.tsx';
import { DoctorSection } from './doctor-section.tsx';
import { GeneralSection } from './general-section.tsx';
import { ExecutorSection } from './executor-section.tsx';
import { PermissionsSection } from './permissions-section.tsx';
import { SecretsSection } from '../secrets/secrets-section.tsx';
import { RuntimeSection } from './runtime-section.tsx';
import { strings } from './strings.ts';

const sections = {
  appearance: AppearanceSection,
  general: GeneralSection,
  notifications: NotificationsSection,
  runtime: RuntimeSection,
  executors: ExecutorSection,
  permissions: PermissionsSection,
  secrets: SecretsSection,
  doctor: DoctorSection,
  backups: BackupSection,
  about: AboutSection,
} as const;
type SectionName = keyof typeof sections;
const names = Object.keys(sections) as SectionName[];

export function SettingsView(_: ViewProps<'settings'>) {
  const [chosen, choose] = useSearchValue('section', 'appearance');
  const name = names.find((each) => each === chosen) ?? 'appearance';
  const Section = sections[name];
  const nav = useRef<HTMLElement>(null);
  // In a narrow window the names are one row that scrolls.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [name]);
  return (
    <div className="flex min-h-0 flex-1 flex-col narrow:flex-row">
      <nav
        ref={nav}
        aria-label={strings.label}
        className="flex shrink-0 gap-2 overflow-x-auto border-line p-8 max-narrow:border-b narrow:w-sidebar narrow:flex-col narrow:border-e"
      >
        {names.map((each) => (
          <button
            key={each}
            type="button"
            aria-current={each === name ? 'page' : undefined}
            onClick={() => {
              choose(each);
            }}
            className={cx(
              'flex h-32 shrink-0 items-center rounded-control px-12 text-start',
              each === name ? 'bg-selected font-medium text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
            )}
          >
            {strings.sections[each]}
          </button>
        ))}
      </nav>
      <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
        <section
          aria-label={strings.sections[name]}
          className="flex max-w-[688px] flex-col gap-16 px-24 py-20"
        >
          <h2 className="text-page">{strings.sections[name]}</h2>
          <Section />
        </section>
      </div>
    </div>
  );
}
