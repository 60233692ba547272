import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type ReactNode, type RefObject } from 'react';
import { cx } from './cx.ts';
import { IconButton } from './icon-button.tsx';
import { KeyLayerOf } from './key-hints.tsx';
import { useReturnFocus } from './use-return-focus.ts';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the main one last. */
  readonly footer?: ReactNode;
  readonly size?: 'small' | 'medium' | 'large' | undefined;
  /** What is focused on opening; by default the first field, else the dialog itself. Never point it at a consent. */
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** Set while closing would lose what was typed: only the buttons close it then. */
  readonly keepOpen?: boolean | undefined;
}

const widths = { small: 'max-w-popover', medium: 'max-w-dialog', large: 'max-w-form' };
export const backdrop =
  'fixed inset-0 z-40 bg-scrim transition-opacity duration-base ease-enter data-ending-style:opacity-0 data-starting-style:opacity-0';

export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  size = 'medium',
  initialFocus,
  keepOpen = false,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  const finalFocus = useReturnFocus(open, popup);
  // Not a button: a dialog that comes up under the fingers must not be answered by the key already on its way.
  const firstField = (): HTMLElement | null =>
    popup.current?.querySelector<HTMLElement>('input:not([type=hidden], [aria-hidden]), textarea') ??
    popup.current;
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
      }}
      disablePointerDismissal={keepOpen}
    >
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Viewport className="fixed inset-0 z-40 grid justify-items-center overflow-y-auto p-16 pt-[12vh]">
          <Base.Popup
            data-scope="dialog"
            ref={popup}
            initialFocus={initialFocus ?? firstField}
            finalFocus={finalFocus}
            className={cx(
              'flex h-fit max-h-[80vh] w-full flex-col rounded-overlay border border-line bg-raised text-ink shadow-dialog outline-none transition-[opacity,transform] duration-base ease-enter data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0',
              widths[size],
            )}
          >
            <KeyLayerOf layer="dialog">
              <header className="flex items-start gap-8 px-20 pt-16 pb-8">
                <div className="min-w-0 flex-1">
                  <Base.Title className="text-title">{title}</Base.Title>
                  {description ? (
                    <Base.Description className="mt-2 text-body text-ink-2">{description}</Base.Description>
                  ) : null}
                </div>
                <Base.Close render={<IconButton icon={X} label="Close" className="-me-8" />} />
              </header>
              {children ? <div className="min-h-0 flex-1 overflow-y-auto px-20 py-8">{children}</div> : null}
              {footer ? (
                <footer className="flex flex-wrap items-center justify-end gap-8 px-20 pt-8 pb-16">
                  {footer}
                </footer>
              ) : (
                <div className="h-8" />
              )}
            </KeyLayerOf>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
