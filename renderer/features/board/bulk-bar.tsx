import { ChevronUp, FolderGit2, MessageCircleQuestion, MoonStar, SignalHigh, Target } from 'lucide-react';
import { movesFrom } from '../../../preload/contract/moves.ts';
import { useClient } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { useDecisions, type BulkDecision, type Picked } from '../proposal/decisions.ts';
import { useCursor, useCursorState } from './board-context.tsx';
import { strings } from './strings.ts';

const words = strings.bulk;

/** Decisions for all selected cards; each names how many of them it is possible for. */
export function BulkBar() {
  const client = useClient();
  const cursor = useCursor();
  const decisions = useDecisions();
  const checked = useCursorState((state) => state.checked);
  if (checked.size === 0) return null;
  const { byId } = client.cards.getState();
  const cards = [...checked].flatMap((id) => byId.get(id) ?? []);
  const clear = (): void => {
    cursor.setState({ checked: new Set() });
  };
  const button = (action: BulkDecision, reason: string, keys: string) => {
    const able = cards.filter((card) => movesFrom(card.stage).includes(action));
    return (
      <Button
        size="small"
        keys={keys}
        unavailable={able.length === 0 ? reason : undefined}
        onClick={() => {
          decisions.decideAll(able, action);
          clear();
        }}
      >
        {words[action]}
        {able.length > 0 && able.length < cards.length ? (
          <span className="text-ink-3 tabular-nums">{able.length}</span>
        ) : null}
      </Button>
    );
  };
  const researchable = cards.filter((card) => movesFrom(card.stage).includes('details'));
  const open = cards.filter(({ stage }) => stage === 'idea' || stage === 'research' || stage === 'plan');
  const pick = (what: Picked, keys?: string): MenuEntry => ({
    id: what,
    label: strings.actions[what],
    icon: { goal: Target, project: FolderGit2, priority: SignalHigh }[what],
    keys,
    onSelect: () => {
      decisions.pick(what, cards);
    },
  });
  const more: readonly MenuEntry[] = [
    {
      id: 'details',
      label: words.details,
      icon: MessageCircleQuestion,
      keys: 'd',
      unavailable: researchable.length === 0 ? words.nothing(words.detailed) : undefined,
      onSelect: () => {
        decisions.decideAll(researchable, 'details');
        clear();
      },
    },
    {
      id: 'snooze',
      label: words.snooze,
      icon: MoonStar,
      keys: 's',
      unavailable: open.length === 0 ? words.waitingOnes : undefined,
      onSelect: () => {
        decisions.snooze(...open);
        clear();
      },
    },
    'separator',
    pick('goal', 'o'),
    pick('project'),
    pick('priority', 'p'),
  ];
  const plans = cards.some(({ stage }) => stage === 'plan');
  return (
    <div
      role="toolbar"
      aria-label={words.label}
      className="absolute bottom-16 left-1/2 z-20 flex -translate-x-1/2 items-center gap-8 rounded-card border border-line bg-raised py-6 pe-6 ps-16 shadow-popover"
    >
      <span role="status" className="me-8 text-body font-medium whitespace-nowrap tabular-nums">
        {words.count(checked.size)}
      </span>
      {button('approve', plans ? words.plans : words.nothing(words.approved), 'a')}
      {button('skip', words.nothing(words.skipped), 'e')}
      {button('reject', words.nothing(words.rejected), 'r')}
      <Menu
        entries={more}
        side="top"
        align="end"
        trigger={
          <Button size="small" icon={ChevronUp} aria-label={strings.actions.more}>
            {words.more}
          </Button>
        }
      />
      <Button size="small" variant="ghost" keys="Escape" onClick={clear}>
        {words.clear}
      </Button>
    </div>
  );
}
