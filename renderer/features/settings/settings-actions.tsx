import { useActions } from '../../app/actions-context.tsx';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { sectionNames } from './section-names.ts';

/** Every page of the settings can be gone to by its name from anywhere. */
export function SettingsActions() {
  const router = useRouter();
  useActions(
    Object.entries(sectionNames).map(([section, name]) => ({
      id: `settings.open.${section}`,
      title: `Settings: ${name}`,
      group: 'Settings',
      scope: 'global',
      stays: true,
      run: () => {
        router.go(to('settings', {}, { section }));
      },
    })),
  );
  return null;
}
