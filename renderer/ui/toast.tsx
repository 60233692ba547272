import { Toast as Base } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useCallback, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

export interface ToastMessage {
  /** What has happened, in a sentence. Never an error that needs action: that goes into an ErrorBar. */
  readonly text: string;
  /** How long it stands; left out: six seconds. */
  readonly ms?: number | undefined;
  readonly action?: { readonly label: 'Undo' | 'Open'; readonly run: () => void } | undefined;
}

/** Shows one message at the bottom left for six seconds; a new one takes the place of the last. The result closes it. */
export function useToast(): (message: ToastMessage) => () => void {
  const { add, close } = Base.useToastManager();
  return useCallback(
    ({ text, action, ms }) => {
      // All of them: one that waits behind would come back with a way back that is no longer its own.
      close();
      const id = add({
        title: text,
        ...(ms === undefined ? {} : { timeout: ms }),
        ...(action
          ? {
              actionProps: {
                children: action.label,
                onClick: () => {
                  action.run();
                  close(id);
                },
              },
            }
          : {}),
      });
      return () => {
        close(id);
      };
    },
    [add, close],
  );
}

function Shown() {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      swipeDirection={[]}
      className="flex w-fit max-w-peek items-center gap-8 rounded-card border border-line bg-raised py-8 pe-8 ps-16 text-ink shadow-popover transition-[opacity,transform] duration-base ease-enter data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-8 data-starting-style:opacity-0"
    >
      <Base.Title className="min-w-0 text-body font-regular" />
      {toast.actionProps ? <Base.Action render={<Button variant="secondary" size="small" />} /> : null}
      <Base.Close render={<IconButton icon={X} label="Dismiss" size="small" />} />
    </Base.Root>
  ));
}

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider limit={1} timeout={6000}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed bottom-16 start-16 z-50 outline-none">
          <Shown />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}
