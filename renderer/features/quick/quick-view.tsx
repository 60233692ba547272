import { CircleCheck, Diamond, LoaderCircle } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import {
  choicesFor,
  decide,
  lateMessage,
  routeFor,
  routeOf,
  type Choice,
} from '../../../preload/contract/choices.ts';
import type { InboxItem } from '../../../preload/contract/worker.ts';
import { useActions } from '../../app/actions-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { useClient, useConnection, useOverview, useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { useInert } from '../proposal/use-inert.ts';
import { useHold } from '../runtime/use-hold.ts';
import { choiceKeys } from './choice-keys.ts';
import { QuickItem } from './quick-item.tsx';
import { QuickRun } from './quick-run.tsx';
import { strings } from './strings.ts';
import { useEvidence } from './use-evidence.ts';
import { useFresh } from './use-fresh.ts';
import { usePlace } from './use-place.ts';

const most = 30;
const none: readonly InboxItem[] = [];

/** What waits and what runs, in a window that is small and quickly gone: everything that can be decided is decided here by one key. */
export function QuickView(_: ViewProps<'quick'>) {
  const { call } = useClient();
  const overview = useOverview();
  const connection = useConnection();
  const hold = useHold();
  const place = usePlace();
  const inbox = useQuery('inbox.list', { limit: most });
  const active = useQuery('run.list', { filter: 'active', limit: 20 });
  const [chosen, setChosen] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [saying, setSaying] = useState<{ readonly item: InboxItem; readonly choice: Choice }>();
  const at = useRef(0);
  const list = useRef<HTMLUListElement>(null);

  const items = inbox.data?.items ?? none;
  const index = items.findIndex(({ key }) => key === chosen);
  useEffect(() => {
    if (index >= 0) at.current = index;
  }, [index]);
  // When the chosen item was dealt with, the one that took its place is chosen.
  const item = items[index] ?? items[Math.min(at.current, items.length - 1)]; // eslint-disable-line react-hooks/refs -- read to stay where the reader was
  const token = item ? `${item.key} ${String(item.version)}` : '';
  const [inert, settle] = useInert(token);
  const fresh = useFresh();
  const wait = inert || fresh ? strings.wait : undefined;
  const facts = useEvidence(item);
  const choices = useMemo(() => (item ? choicesFor(item) : []), [item]);
  const runs = (active.data?.rows ?? []).filter(({ status }) => ['running', 'validating'].includes(status));
  const held = overview?.heldAll ?? false;

  const choose = (next: InboxItem | undefined): void => {
    if (!next) return;
    settle(`${next.key} ${String(next.version)}`);
    setProblem(undefined);
    setChosen(next.key);
  };
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [item?.key]);
  const step = (by: number): void => {
    const from = items.findIndex(({ key }) => key === item?.key);
    choose(items[Math.min(items.length - 1, Math.max(0, from + by))]);
  };

  const carryOut = async (target: InboxItem, choice: Choice, text?: string): Promise<void> => {
    if (choice.effect === 'words' && text === undefined && target.kind !== 'question') {
      setSaying({ item: target, choice });
      return;
    }
    // Questions may be several, and are answered where all of them stand.
    if (choice.effect === 'open' || (choice.effect === 'words' && text === undefined)) {
      place.open(routeFor(target, choice));
      return;
    }
    setBusy(true);
    setProblem(undefined);
    const refused =
      choice.effect === 'snooze'
        ? await call('inbox.snooze', {
            key: target.key,
            version: target.version,
            for: choice.action as 'hour' | 'tonight' | 'tomorrow',
          }).then((reply) => (reply.ok ? undefined : reply.error))
        : await decide(call, target, choice, text);
    setBusy(false);
    inbox.reread();
    if (!refused) setSaying(undefined);
    if (refused) setProblem(lateMessage(refused));
    else if (choice.opens && choice.effect !== 'words') place.open(routeOf(target));
  };

  const base = { group: strings.group, scope: 'view' } as const;
  useActions([
    {
      ...base,
      id: 'quick.next',
      title: strings.next,
      keys: ['j', 'ArrowDown'],
      repeats: true,
      run: () => {
        step(1);
      },
    },
    {
      ...base,
      id: 'quick.previous',
      title: strings.previous,
      keys: ['k', 'ArrowUp'],
      repeats: true,
      run: () => {
        step(-1);
      },
    },
    {
      ...base,
      id: 'quick.open',
      title: strings.openItem,
      keys: 'Enter',
      unavailable: item ? undefined : strings.choose,
      run: () => {
        if (item) place.open(routeOf(item));
      },
    },
    {
      ...base,
      id: 'quick.dashboard',
      title: strings.open,
      keys: '$mod+o',
      run: () => {
        place.open('/inbox');
      },
    },
    {
      ...base,
      id: 'quick.hold',
      title: held ? strings.resume : strings.pauseAll,
      keys: 'p',
      unavailable: fresh ? strings.wait : undefined,
      run: () => {
        hold(!held);
      },
    },
    ...(place.hide
      ? [{ ...base, id: 'quick.hide', title: strings.hide, keys: 'Escape', run: place.hide }]
      : []),
    ...choices.map((choice) => ({
      ...base,
      id: `quick.${choice.action}`,
      title: choice.label,
      keys: choiceKeys[choice.action],
      unavailable: busy ? strings.wait : wait,
      run: () => {
        if (item) void carryOut(item, choice);
      },
    })),
  ]);

  const more = (inbox.data?.total ?? 0) - items.length;
  return (
    <div className="mx-auto flex h-full w-full max-w-[520px] flex-col border-line bg-canvas min-[521px]:border-x">
      <header className="flex h-40 shrink-0 items-center gap-16 border-b border-line px-16">
        <h1 className="sr-only">{strings.title}</h1>
        <Counts />
        <Button
          size="small"
          className="ms-auto"
          keys="p"
          onClick={() => {
            hold(!held);
          }}
        >
          {held ? strings.resume : strings.pauseAll}
        </Button>
      </header>
      <main className="min-h-0 flex-1 overflow-y-auto">
        {connection.state === 'stale' || connection.state === 'offline' ? (
          <div className="p-8">
            <ErrorBar kind="stale" message={strings.stoppedReading} />
          </div>
        ) : null}
        {inbox.failure ? (
          <div className="p-8">
            <ErrorBar message={strings.failed} hint={inbox.failure.message} onRetry={inbox.reread} />
          </div>
        ) : null}
        {!inbox.data && !inbox.failure ? <SkeletonRows rows={4} /> : null}
        {inbox.data && items.length === 0 ? <Nothing running={runs.length} /> : null}
        {items.length > 0 ? (
          <ul ref={list} aria-label={strings.list}>
            {items.map((each) => (
              <QuickItem
                key={each.key}
                item={each}
                chosen={each.key === item?.key}
                facts={each.key === item?.key ? facts : []}
                choices={choices}
                busy={busy}
                wait={wait}
                problem={each.key === item?.key ? problem : undefined}
                saying={each.key === item?.key && each.key === saying?.item.key ? saying.choice : undefined}
                onSay={(text) => {
                  if (saying) void carryOut(saying.item, saying.choice, text);
                }}
                onCancel={() => {
                  setSaying(undefined);
                  list.current?.querySelector<HTMLElement>('[aria-current] button')?.focus();
                }}
                onChoose={() => {
                  choose(each);
                }}
                onDecide={(choice) => void carryOut(each, choice)}
                onOpen={() => {
                  place.open(routeOf(each));
                }}
              />
            ))}
          </ul>
        ) : null}
        {more > 0 ? (
          <button
            type="button"
            onClick={() => {
              place.open('/inbox');
            }}
            className="w-full px-16 py-8 text-start text-meta text-ink-2 hover:text-ink"
          >
            {strings.more(more)}
          </button>
        ) : null}
        {runs.length > 0 ? (
          <section aria-label={strings.runs} className="py-4">
            <h2 className="px-16 pt-8 pb-4 text-micro text-ink-3">{strings.runs}</h2>
            <ul>
              {runs.map((run) => (
                <QuickRun
                  key={run.id}
                  run={run}
                  onOpen={() => {
                    place.open(`/run/${run.id}`);
                  }}
                />
              ))}
            </ul>
          </section>
        ) : null}
      </main>
      <footer className="flex h-40 shrink-0 items-center justify-between border-t border-line px-8">
        <Button
          variant="ghost"
          keys="$mod+o"
          onClick={() => {
            place.open('/inbox');
          }}
        >
          {strings.open}
        </Button>
        {place.hide ? (
          <Button variant="ghost" keys="Escape" onClick={place.hide}>
            {strings.hideShort}
          </Button>
        ) : null}
      </footer>
    </div>
  );
}

function Counts() {
  const overview = useOverview();
  if (!overview) return null;
  const { needsYou, running, heldAll } = overview;
  return (
    <p className="flex min-w-0 items-center gap-12 truncate font-medium tabular-nums">
      {needsYou > 0 ? (
        <span className="flex items-center gap-6 text-attention-text">
          <Diamond aria-hidden size={14} fill="currentColor" />
          {strings.needsYou(needsYou)}
        </span>
      ) : null}
      {running > 0 ? (
        <span className="flex items-center gap-6 text-running-text">
          <LoaderCircle aria-hidden size={14} />
          {strings.running(running)}
        </span>
      ) : null}
      {heldAll ? <span className="text-ink-2">{strings.paused}</span> : null}
      {needsYou === 0 && running === 0 && !heldAll ? (
        <span className="text-ink-2">{strings.quiet}</span>
      ) : null}
    </p>
  );
}

function Nothing({ running }: { running: number }) {
  return (
    <div className="flex flex-col items-center gap-4 px-24 py-48 text-center">
      <CircleCheck aria-hidden size={24} strokeWidth={1.5} className="mb-8 text-ink-3" />
      <p className="font-medium">{strings.empty}</p>
      <p className="text-ink-2">{strings.emptyDetail(running)}</p>
    </div>
  );
}
