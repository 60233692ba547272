import type { ComponentType } from 'react';
import { NotificationsSection } from '../notifications/notifications-section.tsx';
import { SecretsSection } from '../secrets/secrets-section.tsx';
import { ShortcutsSection } from '../shortcuts/shortcuts-section.tsx';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { AutonomySection } from './autonomy-section.tsx';
import { DataSection } from './data-section.tsx';
import { DoctorSection } from './doctor-section.tsx';
import { ExecutorSection } from './executor-section.tsx';
import { FlagSection } from './flag-section.tsx';
import { GeneralSection } from './general-section.tsx';
import { PermissionsSection } from './permissions-section.tsx';
import type { SettingsSection } from './sections.ts';

/** Those that hold more than settings of the runtime. */
const bodies: Partial<Record<SettingsSection['name'], ComponentType>> = {
  general: GeneralSection,
  appearance: AppearanceSection,
  shortcuts: ShortcutsSection,
  notifications: NotificationsSection,
  autonomy: AutonomySection,
  executors: ExecutorSection,
  permissions: PermissionsSection,
  secrets: SecretsSection,
  backups: DataSection,
  doctor: DoctorSection,
  about: AboutSection,
};

export function SectionBody({ section }: { section: SettingsSection }) {
  const Body = bodies[section.name];
  return Body ? <Body /> : <FlagSection groups={section.groups} />;
}
