import { useActions } from '../../app/actions-context.tsx';
import { useRouter, useRouterState } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { strings } from './strings.ts';

/** Lets an intent be made from every page; the schedule is where that is likely enough for a single key. */
export function ScheduleActions() {
  const router = useRouter();
  const { location } = useRouterState();
  useActions([
    {
      id: 'intent.create',
      title: strings.create,
      group: strings.group,
      scope: 'global',
      keys: location?.name === 'schedule' ? ['c', 'n'] : undefined,
      run: () => {
        const place = to(
          'schedule',
          {},
          { ...(location?.name === 'schedule' ? location.search : {}), edit: 'new' },
        );
        if (location?.name === 'schedule') router.replace(place);
        else router.go(place);
      },
    },
  ]);
  return null;
}
