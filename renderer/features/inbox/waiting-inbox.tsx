import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { usePaletteSubject } from '../../app/palette-context.tsx';
import { useRouter, useScrollMemory, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { useMedia } from '../../app/use-media.ts';
import { useClient, useQuery } from '../../client/client-context.tsx';
import { ReadState } from '../../ui/read-state.tsx';
import { Split } from '../../ui/split.tsx';
import { useSteady } from '../../ui/use-steady.ts';
import type { VirtualListHandle } from '../../ui/virtual-list.tsx';
import { useInert } from '../proposal/use-inert.ts';
import { BulkPane } from './bulk-pane.tsx';
import type { Inbox, InboxItem } from './inbox-item.ts';
import { InboxList } from './inbox-list.tsx';
import { InboxQuiet } from './inbox-quiet.tsx';
import { ProposalPane } from './proposal-pane.tsx';
import { RunPane } from './run-pane.tsx';
import { strings } from './strings.ts';
import { useInboxDecisions, type InboxDecisions } from './use-inbox-decisions.ts';

/** For so long after something was taken back, what comes into the list is taken for it. */
const ownMs = 2_000;

const keyOf = ({ key }: InboxItem): string => key;
const tokenOf = ({ key, version }: InboxItem): string => `${key} ${String(version)}`;

/** What waits, beside the pane in which it is decided. */
export function WaitingInbox() {
  const { project } = useShellState();
  const query = useQuery('inbox.list', project ? { projectId: project } : {});
  const decisions = useInboxDecisions();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ReadState query={query} failed={strings.failed} rows={8}>
        {(data) => {
          const shown = without(data, decisions.isDecided);
          return shown.items.length === 0 ? (
            <InboxQuiet />
          ) : (
            <Waiting data={shown} onDecide={decisions.decide} returned={decisions.returned} />
          );
        }}
      </ReadState>
    </div>
  );
}

/** What is left to decide, with the counts that go with it. */
function without(data: Inbox, isDecided: InboxDecisions['isDecided']): Inbox {
  const decided = data.items.filter(isDecided);
  if (decided.length === 0) return data;
  const of = (section: string): number => decided.filter((item) => item.section === section).length;
  return {
    ...data,
    total: data.total - decided.length,
    items: data.items.filter((item) => !decided.includes(item)),
    sections: data.sections.map(({ section, total }) => ({ section, total: total - of(section) })),
  };
}

function Waiting({
  data,
  onDecide,
  returned,
}: {
  data: Inbox;
  onDecide: InboxDecisions['decide'];
  returned: InboxDecisions['returned'];
}) {
  const router = useRouter();
  const narrow = useMedia('(max-width: 759px)');
  const [chosen, choose] = useSearchValue('item');
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<VirtualListHandle>(null);
  const memory = useScrollMemory('inbox');
  const steady = useSteady(data.items, keyOf);
  const { items, held, refresh } = steady;
  // What the reader took back comes in its place at once, also when Homer's answer brings it a moment later.
  const { clock } = useClient();
  const showUntil = useRef(0);
  const show = useEffectEvent(() => {
    if (held > 0 && clock.now() < showUntil.current) refresh();
  });
  useEffect(() => {
    if (returned > 0) showUntil.current = clock.now() + ownMs;
    show();
  }, [returned, clock]);
  useEffect(() => {
    show();
  }, [held]);
  const at = items.findIndex(({ key }) => key === chosen);
  const place = useRef(0);
  useEffect(() => {
    if (at >= 0) place.current = at;
  }, [at]);
  // When the chosen item was dealt with, the one that took its place is shown.
  const item = items[at] ?? items[Math.min(place.current, items.length - 1)]; // eslint-disable-line react-hooks/refs -- read to stay where the reader was
  const key = item?.key;
  useEffect(() => {
    if (key !== undefined && key !== chosen) choose(key);
  }, [key, chosen, choose]);

  // What was dealt with meanwhile is no longer among the checked.
  const several = items.filter((each) => checked.has(each.key));
  const [inert, settle] = useInert(item ? tokenOf(item) : '');
  const select = useCallback(
    (next: InboxItem | undefined) => {
      if (!next) return;
      settle(tokenOf(next));
      choose(next.key);
      list.current?.scrollTo(next.key);
    },
    [choose, settle],
  );
  const neighbour = (by: number): InboxItem | undefined => {
    const from = items.findIndex((each) => each.key === key);
    return items[Math.min(items.length - 1, Math.max(0, from + by))];
  };
  const check = (...added: (InboxItem | undefined)[]): void => {
    const next = new Set(several.map(keyOf));
    for (const each of added) if (each) next.add(each.key);
    setChecked(next);
  };
  const extend = (by: number): void => {
    const next = neighbour(by);
    check(item, next);
    select(next);
  };
  const open = (target: InboxItem | undefined): void => {
    if (target) router.go(to(target.entity, { id: target.entityId }));
  };
  const base = { group: strings.group, scope: 'view', listed: false, repeats: true } as const;
  useActions([
    {
      ...base,
      id: 'inbox.next',
      title: strings.next,
      keys: ['j', 'ArrowDown'],
      run: () => {
        select(neighbour(1));
      },
    },
    {
      ...base,
      id: 'inbox.previous',
      title: strings.previous,
      keys: ['k', 'ArrowUp'],
      run: () => {
        select(neighbour(-1));
      },
    },
    {
      ...base,
      id: 'inbox.extendDown',
      title: strings.extendDown,
      keys: ['Shift+j', 'Shift+ArrowDown'],
      run: () => {
        extend(1);
      },
    },
    {
      ...base,
      id: 'inbox.extendUp',
      title: strings.extendUp,
      keys: ['Shift+k', 'Shift+ArrowUp'],
      run: () => {
        extend(-1);
      },
    },
    {
      ...base,
      listed: true,
      repeats: false,
      onSelection: true,
      id: 'inbox.check',
      title: strings.check,
      keys: 'x',
      run: () => {
        if (!item) return;
        if (!several.includes(item)) check(item);
        else setChecked(new Set(several.filter((each) => each !== item).map(keyOf)));
      },
    },
    {
      ...base,
      listed: true,
      repeats: false,
      onSelection: true,
      id: 'inbox.open',
      title: strings.open,
      keys: 'Enter',
      unavailable: item ? undefined : strings.choose,
      run: () => {
        open(item);
      },
    },
    ...(several.length > 0
      ? [
          {
            ...base,
            repeats: false,
            id: 'inbox.clear',
            title: strings.clear,
            keys: 'Escape',
            run: () => {
              setChecked(new Set());
            },
          },
        ]
      : []),
    {
      ...base,
      listed: true,
      repeats: false,
      id: 'inbox.refresh',
      title: strings.refresh,
      keys: 'Shift+r',
      unavailable: held > 0 ? undefined : strings.nothingHeld,
      run: refresh,
    },
  ]);

  usePaletteSubject(() => (several.length > 1 ? strings.bulk.chosen(several.length) : item?.ref));
  const shown = (
    <InboxList
      ref={list}
      steady={steady}
      sections={data.sections}
      total={data.total}
      selected={key}
      checked={checked}
      memory={memory}
      onChecked={setChecked}
      onOpen={open}
      onSelect={(next) => {
        select(next);
        if (narrow) open(next);
      }}
    />
  );
  if (!item) return shown;
  const clear = (): void => {
    setChecked(new Set());
  };
  /** On to what follows the last of them, so that the next key decides the next one. */
  const leave = (): void => {
    const last = items.findLastIndex((each) => checked.has(each.key));
    const left = (each: InboxItem): boolean => !checked.has(each.key);
    select(items.slice(last + 1).find(left) ?? items.slice(0, last).findLast(left));
    clear();
  };
  const bulk =
    several.length > 1 ? (
      <BulkPane items={several} inert={inert} onDecide={onDecide} onLeave={leave} onClear={clear} />
    ) : undefined;
  if (narrow)
    return (
      <>
        {shown}
        {bulk ? <div className="flex h-1/2 shrink-0 flex-col border-t border-line">{bulk}</div> : null}
      </>
    );
  return (
    <Split
      label={strings.list}
      initial={420}
      minimum={300}
      maximum={560}
      first={shown}
      second={
        bulk ??
        (item.entity === 'proposal' ? (
          <ProposalPane item={item} inert={inert} />
        ) : (
          <RunPane key={item.key} item={item} inert={inert} onDecide={onDecide} />
        ))
      }
    />
  );
}
