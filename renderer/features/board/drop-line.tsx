import { cx } from '../../ui/cx.ts';

/** Where what is dragged would stand, in the gap between two cards. */
export function DropLine({ side, top }: { readonly side?: 'top' | 'bottom'; readonly top?: number }) {
  return (
    <span
      aria-hidden
      data-drop-line
      style={top === undefined ? undefined : { top }}
      className={cx(
        'pointer-events-none absolute inset-x-0 z-10 h-2 rounded-full bg-accent',
        side === 'top' && '-top-[6px]',
        side === 'bottom' && '-bottom-[6px]',
      )}
    />
  );
}
