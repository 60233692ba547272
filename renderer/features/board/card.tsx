import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { memo, useEffect, useRef, useState } from 'react';
import { priorityWord } from '../../../preload/contract/board.ts';
import { labels } from '../../../preload/contract/labels.ts';
import type { ProposalCard } from '../../client/patch.ts';
import { useCard } from '../../client/client-context.tsx';
import { useNow } from '../../ui/clock-context.tsx';
import { cx } from '../../ui/cx.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { strings as proposalStrings } from '../proposal/strings.ts';
import { useWaitingDecision } from '../proposal/waiting-decisions.ts';
import { useCursor, useCursorState, useLanesState } from './board-context.tsx';
import { toggleChecked } from './board-cursor.ts';
import { CardActions } from './card-actions.tsx';
import { cardEstimate, shortAge, waitingWord } from './card-facts.ts';
import { cardState } from './card-state.ts';
import { DropLine } from './drop-line.tsx';
import { laneOf } from './lane-moves.ts';
import { PriorityMark } from './priority-mark.tsx';
import { strings } from './strings.ts';
import { useCardDrop } from './use-card-drop.ts';

export interface CardProps {
  readonly id: string;
  readonly position: number;
  readonly total: number;
  /** The column's first stop for Tab while no card of the board is chosen. */
  readonly entry: boolean;
  readonly onOpen: (id: string) => void;
}

/** One proposal. It renders when its own card, its place or the cursor on it changes, and for nothing else. */
export const Card = memo(function Card({ id, position, total, entry, onOpen }: CardProps) {
  const card = useCard(id);
  return card ? <Face card={card} position={position} total={total} entry={entry} onOpen={onOpen} /> : null;
});

function Face({ card, position, total, entry, onOpen }: Omit<CardProps, 'id'> & { card: ProposalCard }) {
  const cursor = useCursor();
  const { id, stage } = card;
  const by = useLanesState((state) => state.by);
  const lane = by === undefined ? undefined : laneOf(card, by);
  const element = useRef<HTMLDivElement>(null);
  const focused = useCursorState((state) => state.focused === id);
  const checked = useCursorState((state) => state.checked.has(id));
  const dragged = useCursorState((state) => state.drag?.id === id);
  const menuOpen = useCursorState((state) => state.menu === id);
  const moves = useCursorState((state) => (state.focused === id ? state.moves : 0));
  const [near, setNear] = useState(false);
  const unsent = useWaitingDecision(id);
  const { glyph, needsYou, evidence, result } = cardState(card, unsent);
  const edge = useCardDrop(element, { id, stage, lane });

  useEffect(() => {
    if (element.current)
      return draggable({ element: element.current, getInitialData: () => ({ id, stage, lane }) });
    return undefined;
  }, [id, stage, lane]);
  useEffect(() => {
    if (moves > 0) element.current?.focus({ preventScroll: true });
  }, [moves]);

  const now = useNow(60_000);
  const estimate = cardEstimate(card);
  const waits = waitingWord(card);
  const age = shortAge(card.stageSince, now);
  const ref = proposalStrings.ref(card.number);
  const level = priorityWord(card.priority);
  const last = [result, estimate].filter(Boolean).join(' · ');
  const name = [
    ref,
    card.title,
    glyph?.label,
    waits && waits.on !== 'you' ? strings.facts.waitsOn(waits.word) : undefined,
    evidence,
    result,
    level === 'normal' ? undefined : strings.priority(labels.priority[level]),
    card.goalTitle === null ? undefined : strings.facts.goal(card.goalTitle),
    estimate,
    strings.evidence.relevance(card.relevance),
    strings.facts.age(age),
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <div
      ref={element}
      role="listitem"
      aria-label={name}
      aria-posinset={position}
      aria-setsize={total}
      tabIndex={focused || entry ? 0 : -1}
      data-card={id}
      onPointerEnter={() => {
        setNear(true);
      }}
      onPointerLeave={() => {
        setNear(false);
      }}
      onFocus={() => {
        if (cursor.getState().focused !== id) cursor.setState({ focused: id });
      }}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) toggleChecked(cursor, id);
        else onOpen(id);
      }}
      className={cx(
        'group relative flex h-full min-h-[72px] flex-col rounded-card border px-12 py-6 outline-offset-0',
        checked
          ? 'border-accent bg-selected'
          : focused
            ? 'border-control bg-surface'
            : 'border-line bg-surface hover:border-control',
        dragged && 'opacity-40',
      )}
    >
      {edge ? <DropLine side={edge} /> : null}
      {needsYou ? <span aria-hidden className="absolute inset-y-6 start-0 w-[3px] bg-attention" /> : null}
      <span className="flex h-16 items-center gap-6 font-mono text-micro font-regular text-ink-3">
        <PriorityMark priority={card.priority} />
        <span className="shrink-0">{ref}</span>
        {card.projectName && by !== 'project' ? (
          <span className="min-w-0 truncate">· {card.projectName}</span>
        ) : null}
        {card.goalTitle === null || by === 'goal' ? null : (
          // What a goal is called gives way before what a project is called.
          <span className="min-w-0 shrink-[999] truncate" title={card.goalTitle}>
            · {card.goalTitle}
          </span>
        )}
        <span className="ms-auto flex shrink-0 items-center gap-6 tabular-nums">
          <span title={strings.facts.age(age)}>{age}</span>
          {waits ? (
            <span className={waits.on === 'you' ? 'text-attention-text' : 'text-ink-2'}>{waits.word}</span>
          ) : null}
          {glyph ? <StatusGlyph shape={glyph.shape} tone={glyph.tone} label={glyph.label} /> : null}
        </span>
      </span>
      <span className="mt-2 line-clamp-2 text-body font-medium text-ink wrap-anywhere" title={card.title}>
        {card.title}
      </span>
      <span className="mt-auto flex items-baseline gap-8 pt-2 text-meta text-ink-2">
        <span className="line-clamp-2 min-w-0 flex-1 wrap-anywhere" title={card.sourceRef || evidence}>
          {evidence}
        </span>
        <span className="shrink-0 text-ink-3 tabular-nums" title={strings.evidence.relevance(card.relevance)}>
          {card.relevance}
        </span>
      </span>
      {last === '' ? null : (
        <span className="line-clamp-2 text-meta text-ink-3 tabular-nums" title={last}>
          {last}
        </span>
      )}
      {near || focused || menuOpen ? (
        <CardActions card={card} menuOpen={menuOpen} shown={near || menuOpen} />
      ) : null}
    </div>
  );
}
