import { Dialog } from '@base-ui/react/dialog';
import { useRef, useState } from 'react';
import { useReturnFocus } from '../ui/use-return-focus.ts';
import { PaletteBody } from './palette-body.tsx';
import type { PaletteRow } from './palette-results.ts';
import { strings } from './strings.ts';

const words = strings.palette;
const keptRecent = 5;

/** Opens at once and without motion: it is a keyboard's tool. */
export function CommandPalette({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const [recent, setRecent] = useState<readonly PaletteRow[]>([]);
  const chosen = useRef<PaletteRow>(undefined);
  const leave = useRef<() => boolean>(() => false);
  const popup = useRef<HTMLDivElement>(null);
  const finalFocus = useReturnFocus(open, popup);
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next, { reason }) => {
        // Escape steps back one: first out of the actions of a row.
        if (!next && reason === 'escape-key' && leave.current()) return;
        onOpenChange(next);
      }}
      onOpenChangeComplete={(next) => {
        // Run after focus has gone back to the view: an action may open a dialog of its own.
        if (next) return;
        chosen.current?.run();
        chosen.current = undefined;
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          ref={popup}
          finalFocus={finalFocus}
          data-scope="dialog"
          className="fixed top-[15vh] left-1/2 z-50 flex max-h-[75vh] w-[min(640px,calc(100vw-32px))] -translate-x-1/2 flex-col overflow-hidden rounded-overlay border border-line bg-raised text-ink shadow-dialog outline-none"
        >
          <Dialog.Title className="sr-only">{words.title}</Dialog.Title>
          <PaletteBody
            recent={recent}
            leaveRef={leave}
            onBehind={(row) => {
              row.run();
              setRecent([row, ...recent.filter(({ id }) => id !== row.id)].slice(0, keptRecent));
            }}
            onChoose={(row) => {
              chosen.current = row;
              setRecent([row, ...recent.filter(({ id }) => id !== row.id)].slice(0, keptRecent));
              onOpenChange(false);
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
