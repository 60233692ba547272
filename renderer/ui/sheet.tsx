import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { cx } from './cx.ts';
import { backdrop } from './dialog.tsx';
import { IconButton } from './icon-button.tsx';
import { KeyLayerOf } from './key-hints.tsx';
import { useReturnFocus } from './use-return-focus.ts';

export interface SheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** Beside the title: status, age, actions. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  /** A peek leaves the page behind it usable; a modal sheet is a decision. */
  readonly modal?: boolean | undefined;
  readonly size?: 'peek' | 'wide' | undefined;
}

/** A panel from the right: more of one thing without leaving the list. Esc steps back. */
export function Sheet({
  open,
  onOpenChange,
  title,
  aside,
  children,
  footer,
  modal = false,
  size = 'peek',
}: SheetProps) {
  // Not the first button: what is read must not be pressed by accident.
  const popup = useRef<HTMLDivElement>(null);
  const finalFocus = useReturnFocus(open, popup);
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
      }}
      modal={modal}
      disablePointerDismissal={!modal}
    >
      <Base.Portal>
        {modal ? <Base.Backdrop className={backdrop} /> : null}
        <Base.Popup
          ref={popup}
          initialFocus={popup}
          finalFocus={finalFocus}
          data-scope={modal ? 'dialog' : 'popover'}
          className={cx(
            'fixed inset-y-0 end-0 z-30 flex max-w-full flex-col border-s border-line bg-raised text-ink shadow-dialog outline-none transition-transform duration-slow ease-enter data-ending-style:translate-x-full data-ending-style:ease-exit data-starting-style:translate-x-full rtl:data-ending-style:-translate-x-full rtl:data-starting-style:-translate-x-full',
            size === 'peek' ? 'w-peek' : 'w-[min(880px,90vw)]',
          )}
        >
          <KeyLayerOf layer={modal ? 'dialog' : 'popover'}>
            <div className="flex min-h-48 items-center gap-8 border-b border-line py-8 pe-12 ps-20">
              <Base.Title className="min-w-0 flex-1 text-title">{title}</Base.Title>
              {aside}
              <Base.Close render={<IconButton icon={X} label="Close" keys="Escape" />} />
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto px-20 py-16">{children}</div>
            {footer ? (
              <div className="flex flex-wrap items-center justify-end gap-8 border-t border-line px-20 py-12">
                {footer}
              </div>
            ) : null}
          </KeyLayerOf>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
