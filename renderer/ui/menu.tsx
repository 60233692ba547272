import { ContextMenu as Context } from '@base-ui/react/context-menu';
import { Menu as Base } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
  /** A second, quieter line. */
  readonly detail?: string | undefined;
  readonly keys?: string | undefined;
  readonly danger?: boolean | undefined;
  /** Set for a choice among several; a tick marks the present one. */
  readonly checked?: boolean | undefined;
  /** Why it cannot be used now. It stays in its place and says so. */
  readonly unavailable?: string | undefined;
  readonly onSelect: () => void;
}
export type MenuEntry = MenuAction | { readonly heading: string } | 'separator';

export const menuPopup =
  'max-h-(--available-height) min-w-[200px] max-w-popover overflow-y-auto rounded-card border border-line bg-raised p-4 text-ink shadow-popover outline-none transition-[opacity,transform] duration-base ease-enter data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0';
const row =
  'flex min-h-28 select-none items-center gap-8 rounded-chip px-8 py-4 text-body outline-none data-highlighted:bg-hover';

function Item({ action }: { action: MenuAction }) {
  const { icon: Icon, label, detail, keys, danger = false, unavailable, checked } = action;
  const off = unavailable !== undefined;
  return (
    <Base.Item
      disabled={off}
      label={label}
      {...(checked === undefined ? {} : { role: 'menuitemradio', 'aria-checked': checked })}
      onClick={() => {
        if (!off) action.onSelect();
      }}
      className={cx(row, off ? 'text-ink-3' : danger ? 'text-danger-text' : 'text-ink')}
    >
      {Icon ? <Icon aria-hidden size={16} strokeWidth={1.5} className="shrink-0" /> : null}
      <span className="min-w-0 flex-1">
        {label}
        {detail ? <span className="block text-meta wrap-anywhere text-ink-2">{detail}</span> : null}
        {off ? <span className="block text-meta text-ink-3">{unavailable}</span> : null}
      </span>
      {checked ? <Check aria-hidden size={16} strokeWidth={1.5} className="shrink-0" /> : null}
      {keys && !off ? <Kbd keys={keys} quiet /> : null}
    </Base.Item>
  );
}

function Entries({ entries }: { entries: readonly MenuEntry[] }): ReactNode {
  return entries.map((entry, index) => {
    if (entry === 'separator')
      return <Base.Separator key={`line ${String(index)}`} className="mx-8 my-4 h-px bg-line" />;
    if ('heading' in entry)
      return (
        <div key={entry.heading} role="presentation" className="px-8 pt-6 pb-2 text-micro text-ink-3">
          {entry.heading}
        </div>
      );
    return <Item key={entry.id} action={entry} />;
  });
}

export interface MenuProps {
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly entries: readonly MenuEntry[];
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
}

export function Menu({ trigger, entries, open, onOpenChange, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      onOpenChange={(next) => {
        onOpenChange?.(next);
      }}
    >
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Base.Popup data-scope="popover" className={menuPopup}>
            <Entries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** The same entries on a right press over `children`, one element that takes a ref. */
export function ContextMenu({
  entries,
  children,
}: {
  entries: readonly MenuEntry[];
  children: ReactElement<Record<string, unknown>>;
}) {
  return (
    <Context.Root>
      <Context.Trigger render={children} />
      <Context.Portal>
        <Context.Positioner collisionPadding={8} className="z-50 outline-none">
          <Context.Popup data-scope="popover" className={menuPopup}>
            <Entries entries={entries} />
          </Context.Popup>
        </Context.Positioner>
      </Context.Portal>
    </Context.Root>
  );
}
