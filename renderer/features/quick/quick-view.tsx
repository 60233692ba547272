import { useEffect, useRef, useState } from 'react';
import {
  choicesFor,
  lateMessage,
  routeFor,
  routeOf,
  type Choice,
} from '../../../preload/contract/choices.ts';
import type { InboxItem } from '../../../preload/contract/worker.ts';
import type { ViewProps } from '../../app/view-props.ts';
import { useOverview, useQuery } from '../../client/client-context.tsx';
import { useReached } from '../../client/use-reached.ts';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { useInert } from '../proposal/use-inert.ts';
import { useHold } from '../runtime/use-hold.ts';
import { tokenOf } from '../inbox/held-decision.ts';
import { useHeld } from '../inbox/use-held.ts';
import { HeldRow } from './held-row.tsx';
import { QuickFoot } from './quick-foot.tsx';
import { QuickHeader } from './quick-header.tsx';
import { QuickItem } from './quick-item.tsx';
import { QuickNothing } from './quick-nothing.tsx';
import { QuickRun } from './quick-run.tsx';
import { QuickTrouble } from './quick-trouble.tsx';
import { strings } from './strings.ts';
import { cx } from '../../ui/cx.ts';
import { useEvidence } from './use-evidence.ts';
import { useFit } from './use-fit.ts';
import { useFresh } from './use-fresh.ts';
import { usePlace } from './use-place.ts';
import { useQuickActions } from './use-quick-actions.ts';

const most = 30;
const none: readonly InboxItem[] = [];

/** What waits and what runs, in a window that is small and quickly gone: everything that can be decided is decided here by one key. */
export function QuickView(_: ViewProps<'quick'>) {
  const overview = useOverview();
  const reached = useReached();
  const hold = useHold();
  const place = usePlace();
  const inbox = useQuery('inbox.list', { limit: most });
  const active = useQuery('run.list', { filter: 'active', limit: 20 });
  const [chosen, setChosen] = useState<string>();
  const [saying, setSaying] = useState<{ readonly item: InboxItem; readonly choice: Choice }>();
  const [more, setMore] = useState<string>();
  const at = useRef(0);
  const list = useRef<HTMLUListElement>(null);

  const { held, gone, refused, hold: keep, undo, release } = useHeld(true);
  const heldItem = held?.items[0];

  const shown = (inbox.data?.items ?? none).filter((each) => !gone.has(tokenOf(each)));
  const items = shown.filter(({ key }) => key !== heldItem?.key);
  const index = items.findIndex(({ key }) => key === chosen);
  useEffect(() => {
    if (index >= 0) at.current = index;
  }, [index]);
  // When the chosen item was dealt with, the one that took its place is chosen.
  const item = items[index] ?? items[Math.min(at.current, items.length - 1)]; // eslint-disable-line react-hooks/refs -- read to stay where the reader was
  const token = item ? tokenOf(item) : '';
  const [inert, settle] = useInert(token);
  const fresh = useFresh();
  const wait = !reached ? strings.notConnected : inert || fresh ? strings.wait : undefined;
  const facts = useEvidence(item);
  const choices = item ? choicesFor(item) : [];
  const runs = (active.data?.rows ?? []).filter(({ status }) => ['running', 'validating'].includes(status));
  const heldAll = overview?.heldAll ?? false;

  const choose = (next: InboxItem | undefined): void => {
    if (!next) return;
    settle(tokenOf(next));
    setChosen(next.key);
  };
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [item?.key, more]);
  const open = (route: string): void => {
    release();
    place.open(route);
  };

  const carryOut = (target: InboxItem, choice: Choice, text?: string): void => {
    if (choice.effect === 'words' && text === undefined && target.kind !== 'question') {
      setSaying({ item: target, choice });
      return;
    }
    // Questions may be several, and are answered where all of them stand.
    if (choice.effect === 'open' || (choice.effect === 'words' && text === undefined)) {
      open(routeFor(target, choice));
      return;
    }
    setSaying(undefined);
    keep([target], choice, text);
    // What leads on to its page cannot wait for an undo that nobody would see.
    if (choice.opens && choice.effect !== 'words') open(routeOf(target));
  };
  const hide = place.hide;
  const root = useRef<HTMLDivElement>(null);
  useFit(root, hide !== undefined);
  const toInbox = (): void => {
    open('/inbox');
  };
  const onHold = (): void => {
    hold(!heldAll);
  };
  useQuickActions({
    choices,
    onDecide: (choice) => {
      if (item) carryOut(item, choice);
    },
    wait: saying ? strings.saying : wait,
    step: (by) => {
      const from = items.findIndex(({ key }) => key === item?.key);
      choose(items[Math.min(items.length - 1, Math.max(0, from + by))]);
    },
    open: item
      ? () => {
          open(routeOf(item));
        }
      : undefined,
    more: item !== undefined && more === item.key,
    onMore: (wanted) => {
      setMore(wanted ? item?.key : undefined);
    },
    undo: held ? undo : undefined,
    dashboard: toInbox,
    held: heldAll,
    fresh,
    onHold,
    hide: hide
      ? () => {
          release();
          hide();
        }
      : undefined,
  });

  const problemOf = ({ key }: InboxItem): string | undefined => {
    const found = refused.find((each) => each.item.key === key);
    return found && lateMessage(found.failure);
  };
  const others = (inbox.data?.total ?? 0) - (inbox.data?.items.length ?? 0);
  return (
    <div
      ref={root}
      className={cx(
        'mx-auto flex w-full max-w-[520px] flex-col border-line bg-canvas min-[521px]:border-x',
        // A window of its own is as high as this; in a page it is no higher than that window.
        hide ? 'h-full' : 'max-h-[min(100%,560px)] border-b',
      )}
    >
      <QuickHeader onHold={onHold} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div>
          <QuickTrouble />
          {inbox.failure && reached ? (
            <div className="p-8">
              <ErrorBar message={strings.failed} hint={inbox.failure.message} onRetry={inbox.reread} />
            </div>
          ) : null}
          {!inbox.data && !inbox.failure ? <SkeletonRows rows={4} /> : null}
          {inbox.data && shown.length === 0 ? <QuickNothing running={runs.length} /> : null}
          {shown.length > 0 ? (
            <ul ref={list} aria-label={strings.list}>
              {shown.map((each) =>
                held && each.key === heldItem?.key ? (
                  <HeldRow key={each.key} held={held} onUndo={undo} />
                ) : (
                  <QuickItem
                    key={each.key}
                    item={each}
                    chosen={each.key === item?.key}
                    facts={each.key === item?.key ? facts : []}
                    choices={choices}
                    wait={wait}
                    problem={problemOf(each)}
                    saying={
                      each.key === item?.key && each.key === saying?.item.key ? saying.choice : undefined
                    }
                    onSay={(text) => {
                      if (saying) carryOut(saying.item, saying.choice, text);
                    }}
                    onCancel={() => {
                      setSaying(undefined);
                      list.current?.querySelector<HTMLElement>('[aria-current] button')?.focus();
                    }}
                    open={each.key === more}
                    onMore={() => {
                      setMore(each.key === more ? undefined : each.key);
                    }}
                    onChoose={() => {
                      choose(each);
                    }}
                    onDecide={(choice) => {
                      carryOut(each, choice);
                    }}
                    onOpen={() => {
                      open(routeOf(each));
                    }}
                  />
                ),
              )}
            </ul>
          ) : null}
          {others > 0 ? (
            <button
              type="button"
              onClick={toInbox}
              className="w-full px-16 py-8 text-start text-meta text-ink-2 hover:text-ink"
            >
              {strings.others(others)}
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
                      open(`/run/${run.id}`);
                    }}
                  />
                ))}
              </ul>
            </section>
          ) : null}
        </div>
      </main>
      <QuickFoot onOpen={toInbox} onHide={hide} />
    </div>
  );
}
