import { Copy, Newspaper } from 'lucide-react';
import { useRef } from 'react';
import { briefingText } from '../../../preload/contract/briefing-text.ts';
import { useActions } from '../../app/actions-context.tsx';
import { useRouter, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { TitleBarActions, useShellState } from '../../app/shell-context.tsx';
import { useMedia } from '../../app/use-media.ts';
import type { ViewProps } from '../../app/view-props.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ReadState } from '../../ui/read-state.tsx';
import { Select } from '../../ui/select.tsx';
import { Split } from '../../ui/split.tsx';
import { useToast } from '../../ui/toast.tsx';
import { BriefingList, lineName } from './briefing-list.tsx';
import { BriefingPage } from './briefing-page.tsx';
import { clockIn } from './day-words.ts';
import { strings } from './strings.ts';

/** The morning's story and those of the mornings before. */
export function BriefingView(_: ViewProps<'briefings'>) {
  const router = useRouter();
  const toast = useToast();
  const send = useCommand();
  const { project } = useShellState();
  const of = project === undefined ? {} : { projectId: project };
  const [asked, setDay] = useSearchValue('day');
  const narrow = useMedia('(max-width: 899px)');
  const page = useRef<HTMLDivElement>(null);
  const list = useQuery('briefing.list', of, { every: 2_000 });
  const briefing = useQuery(
    'briefing.get',
    { day: asked === '' ? 'newest' : asked, ...of },
    { every: 1_000 },
  );
  const shown = briefing.data;
  const days = list.data?.briefings ?? [];
  const at = days.findIndex(({ day }) => day === shown?.day);

  const step = (by: number): void => {
    const parts = [...(page.current?.querySelectorAll<HTMLElement>('[data-part]') ?? [])];
    const here = parts.findIndex((part) => part.parentElement?.contains(document.activeElement) ?? false);
    const next = parts[Math.min(parts.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'start' });
  };
  const mark = async (): Promise<void> => {
    if (!shown) return;
    const reply = await send('briefing.read', { day: shown.day, read: shown.readAt === null });
    if (!reply.ok) return;
    briefing.reread();
    list.reread();
  };
  const copy = async (): Promise<void> => {
    if (!shown) return;
    await navigator.clipboard.writeText(briefingText(shown)).then(
      () => {
        toast({ text: strings.copied });
      },
      () => {
        toast({ text: strings.notCopied });
      },
    );
  };
  const markTitle = shown?.readAt ? strings.markUnread : strings.markRead;
  const base = { group: strings.group, scope: 'view' } as const;
  useActions([
    {
      ...base,
      id: 'briefing.next',
      title: strings.next,
      keys: 'j',
      run: () => {
        step(1);
      },
    },
    {
      ...base,
      id: 'briefing.previous',
      title: strings.previous,
      keys: 'k',
      run: () => {
        step(-1);
      },
    },
    {
      ...base,
      id: 'briefing.older',
      title: strings.older,
      keys: 'Shift+j',
      unavailable: days[at + 1] ? undefined : 'this is the oldest',
      run: () => {
        setDay(days[at + 1]?.day ?? '');
      },
    },
    {
      ...base,
      id: 'briefing.newer',
      title: strings.newer,
      keys: 'Shift+k',
      unavailable: at > 0 ? undefined : 'this is the newest',
      run: () => {
        setDay(days[at - 1]?.day ?? '');
      },
    },
    { ...base, id: 'briefing.read', title: markTitle, keys: 'e', run: () => void mark() },
    { ...base, id: 'briefing.copy', title: strings.copy, keys: 'y', run: () => void copy() },
  ]);

  // A machine on which nothing has happened yet: not even a first morning to tell of.
  const nothing =
    days.length === 1 &&
    days[0]?.open === true &&
    days[0].runs + days[0].found === 0 &&
    asked === '' &&
    shown?.decide?.total === 0;
  if (nothing)
    return (
      <EmptyState
        icon={Newspaper}
        title={strings.empty}
        detail={strings.emptyDetail(`at ${clockIn(list.data?.zone ?? 'UTC', list.data?.nextAt ?? '')}`)}
        action={
          <Button
            variant="primary"
            onClick={() => {
              router.go(to('board', {}));
            }}
          >
            {strings.toBoard}
          </Button>
        }
      />
    );
  const reading = (
    <div ref={page} data-scroll={`briefing ${asked}`} className="min-h-0 flex-1 overflow-y-auto">
      <ReadState query={briefing} failed={strings.failed} rows={6}>
        {(data) => (
          <BriefingPage
            key={data.day}
            briefing={data}
            onDecided={() => {
              briefing.reread();
            }}
          />
        )}
      </ReadState>
    </div>
  );
  const choice = (
    <ReadState query={list} failed={strings.listFailed} rows={6}>
      {({ briefings }) =>
        narrow ? (
          <div className="border-b border-line px-16 py-8">
            <Select
              label={strings.day}
              value={shown?.day ?? ''}
              onValueChange={setDay}
              options={briefings.map((line) => ({ value: line.day, label: lineName(line) }))}
            />
          </div>
        ) : (
          <BriefingList briefings={briefings} selected={shown?.day} onSelect={setDay} />
        )
      }
    </ReadState>
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TitleBarActions>
        {shown ? (
          <>
            <Button icon={Copy} keys="y" onClick={() => void copy()}>
              {strings.copy}
            </Button>
            {shown.open ? null : (
              <Button
                variant={shown.readAt === null ? 'primary' : 'secondary'}
                keys="e"
                onClick={() => void mark()}
              >
                {markTitle}
              </Button>
            )}
          </>
        ) : null}
      </TitleBarActions>
      {narrow ? (
        <>
          {choice}
          {reading}
        </>
      ) : (
        <Split
          label={strings.list}
          initial={240}
          minimum={180}
          maximum={360}
          first={choice}
          second={reading}
        />
      )}
    </div>
  );
}
