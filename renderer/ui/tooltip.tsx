import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

export interface TooltipProps {
  readonly content: ReactNode;
  readonly keys?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  /** One element that takes a ref and can be hovered and focused. */
  readonly children: ReactElement<Record<string, unknown>>;
}

/** Words for a control that shows none, or the reason why it cannot be used. Never the only place of a fact. */
export function Tooltip({ content, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className="flex max-w-popover items-center gap-8 rounded-control border border-line bg-raised px-8 py-4 text-meta text-ink shadow-popover transition-opacity duration-fast ease-enter data-ending-style:opacity-0 data-starting-style:opacity-0">
            <span>{content}</span>
            {keys ? <Kbd keys={keys} /> : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Above everything that shows tooltips: once one is open, the next opens at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={450} timeout={300}>
      {children}
    </Base.Provider>
  );
}
