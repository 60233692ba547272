import { Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useRowHeight } from '../../app/shell-context.tsx';
import { useClient, useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import type { GoalRow } from './goal-types.ts';
import { strings } from './strings.ts';
import type { GoalCommands } from './use-goal-commands.ts';

const words = strings.link;
const typingMs = 150;
type Card = OutputOf<'proposal.cards'>[number];

/** Chooses proposals for a goal; it stays open, so that several can be linked one after another. */
export function LinkDialog({
  goal,
  goals,
  commands,
  onClose,
}: {
  readonly goal: GoalRow;
  readonly goals: readonly GoalRow[];
  readonly commands: GoalCommands;
  readonly onClose: () => void;
}) {
  const rowHeight = useRowHeight();
  const { clock } = useClient();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [selected, setSelected] = useState<string | null>(null);
  useEffect(
    () =>
      clock.after(typingMs, () => {
        setSearch(typed.trim());
      }),
    [typed, clock],
  );
  const board = useQuery(
    'proposal.board',
    { limit: 30, ...(search === '' ? {} : { search }) },
    { watch: ['proposal'] },
  );
  const titles = useMemo(() => new Map(goals.map(({ id, title }) => [id, title])), [goals]);
  const cards = (board.data?.columns ?? [])
    .filter(({ stage }) => stage !== 'rejected' && stage !== 'archived')
    .flatMap((column) => column.cards)
    .sort((a, b) => Number(a.goalId === goal.id) - Number(b.goalId === goal.id) || b.relevance - a.relevance);
  const toggle = (card: Card): void =>
    void commands.link(card, card.goalId === goal.id ? null : goal.id, card.goalId);
  const chosen = cards.find(({ id }) => id === selected) ?? cards[0];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="large"
      title={words.title(goal.title)}
      footer={
        <>
          <Button onClick={onClose}>{words.done}</Button>
          <Button
            variant="primary"
            keys="Enter"
            unavailable={chosen ? undefined : words.none}
            onClick={() => {
              if (chosen) toggle(chosen);
            }}
          >
            {chosen?.goalId === goal.id ? words.unlink : words.submit}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-8">
        <TextField
          autoFocus
          icon={Search}
          aria-label={words.search}
          placeholder={words.search}
          value={typed}
          onValueChange={setTyped}
          onKeyDown={(event) => {
            const at = cards.findIndex(({ id }) => id === chosen?.id);
            const next = event.key === 'ArrowDown' ? at + 1 : event.key === 'ArrowUp' ? at - 1 : undefined;
            if (next !== undefined)
              setSelected(cards[Math.max(0, Math.min(cards.length - 1, next))]?.id ?? null);
            else if (event.key === 'Enter' && chosen) toggle(chosen);
            else return;
            event.preventDefault();
          }}
        />
        {board.failure ? (
          <ErrorBar message={words.failed} hint={board.failure.message} onRetry={board.reread} />
        ) : null}
        <div className="flex h-[320px] flex-col">
          {board.data && cards.length === 0 ? <p className="py-16 text-ink-2">{words.none}</p> : null}
          <VirtualList
            label={words.results}
            items={cards}
            itemKey={({ id }) => id}
            rowHeight={rowHeight}
            selected={chosen?.id ?? null}
            onSelect={setSelected}
            onOpen={toggle}
            renderRow={(card) => (
              <div className="flex h-row items-center gap-8 px-8">
                <span className="shrink-0 font-mono text-meta text-ink-3">P-{card.number}</span>
                <span className="min-w-0 flex-1 truncate" title={card.title}>
                  {card.title}
                </span>
                <span className="max-w-[40%] truncate text-meta text-ink-3">
                  {card.goalId === null
                    ? labels.stage[card.stage]
                    : card.goalId === goal.id
                      ? words.here
                      : words.elsewhere(titles.get(card.goalId) ?? '')}
                </span>
              </div>
            )}
          />
        </div>
      </div>
    </Dialog>
  );
}
