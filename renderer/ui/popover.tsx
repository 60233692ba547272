import { Popover as Base } from '@base-ui/react/popover';
import { useRef, type ReactElement, type ReactNode } from 'react';
import { KeyLayerOf } from './key-hints.tsx';
import { useReturnFocus } from './use-return-focus.ts';

export interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly title?: string | undefined;
  /** Read aloud when there is no visible title. */
  readonly label?: string | undefined;
  readonly children: ReactNode;
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  readonly align?: 'start' | 'center' | 'end';
}

export function Popover({
  trigger,
  title,
  label,
  children,
  open,
  onOpenChange,
  side = 'bottom',
  align = 'start',
}: PopoverProps) {
  const popup = useRef<HTMLDivElement>(null);
  const finalFocus = useReturnFocus(open === true, popup);
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      onOpenChange={(next) => {
        onOpenChange?.(next);
      }}
    >
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup
            data-scope="popover"
            ref={popup}
            // Opened by its own trigger, that one gets the focus back; opened by a key it may have been the page that had it.
            {...(open === undefined ? {} : { finalFocus })}
            aria-label={title === undefined ? label : undefined}
            className="max-w-popover rounded-card border border-line bg-raised p-12 text-ink shadow-popover outline-none transition-[opacity,transform] duration-base ease-enter data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0"
          >
            {title ? <Base.Title className="mb-4 text-body font-strong">{title}</Base.Title> : null}
            <KeyLayerOf layer="popover">{children}</KeyLayerOf>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
