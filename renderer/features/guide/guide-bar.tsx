import { Footprints, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { nextStepOf } from '../../../preload/contract/guide.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { useAction, useActions } from '../../app/actions-context.tsx';
import { useRouter, useRouterState } from '../../app/router-context.tsx';
import { href, parseHref, to } from '../../app/routes.ts';
import { usePreferences } from '../../app/shell-context.tsx';
import { useOverview, useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { useToast } from '../../ui/toast.tsx';
import { GuideSteps, type GuideEntry } from './guide-steps.tsx';
import { strings } from './strings.ts';

/**
 * The way to the first applied diff, above every view: the step to take now and what takes it. It goes by what stands in the records, so
 * whatever was done elsewhere is ticked here too. Gone once a diff was applied, or when hidden; the palette brings it back.
 */
export function GuideBar() {
  const router = useRouter();
  const { location } = useRouterState();
  const overview = useOverview();
  const toast = useToast();
  const [preferences, setPreferences] = usePreferences();
  const { data } = useQuery('guide.get', {}, { every: 1_000 });
  const write = useAction('proposal.create');
  const look = useForm();
  const [open, setOpen] = useState(false);
  const [began, setBegan] = useState(false);

  const { guide, sawReview } = preferences;
  const reviewing = location?.name === 'review';
  useEffect(() => {
    if (reviewing && !sawReview) setPreferences({ sawReview: true });
  }, [reviewing, sawReview, setPreferences]);

  const steps = (data?.steps ?? []).map((entry) =>
    entry.step === 'review' && sawReview && data?.steps.some(({ step, done }) => step === 'execute' && done)
      ? { ...entry, done: true }
      : entry,
  );
  const applied = steps.some(({ step, done }) => step === 'apply' && done);
  const next = nextStepOf(steps);
  // Who has been on the way here is told that it is over; who has applied long ago never sees it.
  if (data && !applied && !began) setBegan(true);
  const hidden = guide === 'hidden' || (guide !== 'shown' && applied && !began);
  const set = (value: 'shown' | 'hidden'): void => {
    setPreferences({ guide: value });
  };
  const shown = applied ? undefined : next;
  const take = async (entry: GuideEntry): Promise<void> => {
    setOpen(false);
    if (entry.act === 'write') write?.run();
    else if (entry.act === 'look') {
      const reply = await look.send('source.check', {});
      toast({
        text: reply.ok
          ? strings.found(reply.value.created)
          : `${reply.error.message} ${reply.error.hint ?? ''}`,
      });
      if (reply.ok) router.go(to('board', {}));
    } else router.go(parseHref(`#${entry.route}`) ?? to('board', {}));
  };
  useActions([
    {
      id: 'guide.toggle',
      title: hidden ? strings.show : strings.hide,
      group: strings.group,
      scope: 'global',
      stays: true,
      run: () => {
        set(hidden ? 'shown' : 'hidden');
      },
    },
    ...(shown === undefined || hidden
      ? []
      : [
          {
            id: 'guide.next',
            title: strings.next(labels.guideStep[shown.step]),
            group: strings.group,
            scope: 'global' as const,
            run: () => void take(shown),
          },
        ]),
  ]);
  // The page of the first run says all of this itself.
  const atStart =
    (overview?.projects ?? 0) + (overview?.proposals ?? 0) === 0 &&
    (location?.name === 'board' || location?.name === 'inbox');
  if (!data || hidden || atStart) return null;

  const hide = (): void => {
    set('hidden');
    setOpen(false);
    toast({
      text: strings.hidden,
      action: {
        label: 'Undo',
        run: () => {
          set('shown');
        },
      },
    });
  };
  // A button that leads to where one is leads nowhere.
  const isHere = ({ act, route }: GuideEntry): boolean =>
    (act === 'open' || act === 'wait') &&
    location !== undefined &&
    href({ ...location, search: {} }) === `#${route.split('?')[0] ?? ''}` &&
    Object.entries(parseHref(`#${route}`)?.search ?? {}).every(
      ([name, value]) => location.search[name] === value,
    );
  const button = (entry: GuideEntry) => (
    <Button
      size="small"
      busy={entry.act === 'look' && look.busy}
      onClick={() => {
        void take(entry);
      }}
    >
      {entry.act === 'look' && look.busy ? strings.looking : entry.label}
    </Button>
  );
  return (
    <section
      aria-label={strings.title}
      className="flex min-h-40 shrink-0 flex-wrap items-center gap-x-12 gap-y-4 border-b border-line bg-inset px-12 py-6"
    >
      <Footprints aria-hidden size={16} strokeWidth={1.5} className="shrink-0 text-ink-2" />
      <span className="shrink-0 text-meta text-ink-2 tabular-nums">
        {strings.count(steps.filter(({ done }) => done).length, steps.length)}
      </span>
      <p className="min-w-0 flex-1 basis-[240px] truncate text-body" title={shown?.words}>
        <span className="font-medium text-ink">{shown ? labels.guideStep[shown.step] : strings.over}</span>
        <span className="text-ink-2"> {shown ? shown.words : strings.overDetail}</span>
      </p>
      <span className="flex shrink-0 items-center gap-8">
        {shown && !isHere(shown) ? button(shown) : null}
        <Popover
          open={open}
          onOpenChange={setOpen}
          align="end"
          title={strings.title}
          trigger={
            <Button size="small" variant="ghost">
              {strings.all}
            </Button>
          }
        >
          <div className="w-[332px] max-w-full">
            <GuideSteps steps={steps} next={shown} action={button} />
          </div>
        </Popover>
        <IconButton icon={X} size="small" label={applied ? strings.close : strings.hide} onClick={hide} />
      </span>
    </section>
  );
}
