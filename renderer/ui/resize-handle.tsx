import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

/** A hairline with a 24 px wide target across it. */
export function ResizeHandle({ className, ...rest }: ComponentProps<'div'>) {
  return (
    <div
      {...rest}
      className={cx(
        'relative z-10 w-px shrink-0 cursor-col-resize touch-none bg-line before:absolute before:inset-y-0 before:-start-12 before:w-24 before:content-[""] hover:bg-control focus-visible:bg-focus',
        className,
      )}
    />
  );
}
