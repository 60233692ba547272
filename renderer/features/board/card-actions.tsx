import {
  Archive,
  Check,
  CircleX,
  Ellipsis,
  MessageCircleQuestion,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
import type { ProposalDecision } from '../../../preload/contract/moves.ts';
import type { ProposalCard } from '../../client/patch.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { strings as proposalStrings } from '../proposal/strings.ts';
import { useCursor } from './board-context.tsx';
import { useCardEntries } from './card-entries.ts';
import { keyOf, offeredIn } from './card-keys.ts';
import { strings } from './strings.ts';

const icons: Partial<Record<ProposalDecision, LucideIcon>> = {
  approve: Check,
  execute: Check,
  generate_plan: Check,
  details: MessageCircleQuestion,
  skip: Archive,
  reject: CircleX,
  restore: Undo2,
};

/** The decisions for one card, beside its status, where they cover neither title nor evidence: on hover, on focus, and while its menu is open. */
export function CardActions({
  card,
  menuOpen,
  shown,
}: {
  card: ProposalCard;
  menuOpen: boolean;
  shown: boolean;
}) {
  const cursor = useCursor();
  const decisions = useDecisions();
  const entries = useCardEntries(card);
  const buttons = offeredIn(card.stage).flatMap((action) => {
    const icon = icons[action];
    return icon ? [{ action, icon }] : [];
  });
  return (
    <span
      role="presentation"
      // Pressing a button is not pressing the card.
      onClick={(event) => {
        event.stopPropagation();
      }}
      className={cx(
        'absolute -top-px end-32 flex rounded-control border border-line bg-raised p-px',
        !shown && 'opacity-0 group-focus-visible:opacity-100 focus-within:opacity-100',
      )}
    >
      {buttons.map(({ action, icon }) => (
        <IconButton
          key={action}
          icon={icon}
          size="small"
          label={proposalStrings.decision[action]}
          keys={keyOf[action]}
          tabIndex={-1}
          onClick={() => {
            decisions.decide(card, action);
          }}
        />
      ))}
      <Menu
        align="end"
        open={menuOpen}
        onOpenChange={(open) => {
          cursor.setState({ menu: open ? card.id : undefined });
        }}
        entries={entries}
        trigger={
          <IconButton
            icon={Ellipsis}
            size="small"
            tabIndex={-1}
            label={strings.cardMenu(proposalStrings.ref(card.number))}
            keys="."
          />
        }
      />
    </span>
  );
}
