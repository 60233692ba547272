import type { ReactNode } from 'react';
import { ResizeHandle } from './resize-handle.tsx';
import { useResize } from './use-resize.ts';

export interface SplitProps {
  /** Names the handle: "Resize the file list". */
  readonly label: string;
  readonly first: ReactNode;
  readonly second: ReactNode;
  /** The pane with a width of its own; the other takes the rest. */
  readonly sized?: 'first' | 'second' | undefined;
  readonly initial: number;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly onCommit?: ((size: number) => void) | undefined;
}

export function Split({
  label,
  first,
  second,
  sized = 'first',
  initial,
  minimum = 200,
  maximum = 720,
  onCommit,
}: SplitProps) {
  const { size, handle } = useResize({
    label,
    initial,
    minimum,
    maximum,
    pane: sized === 'first' ? 'before' : 'after',
    onCommit,
  });
  const fixed = { width: size };
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div
        className={
          sized === 'first' ? 'flex max-w-[70%] min-w-0 shrink-0 flex-col' : 'flex min-w-0 flex-1 flex-col'
        }
        style={sized === 'first' ? fixed : undefined}
      >
        {first}
      </div>
      <ResizeHandle {...handle} />
      <div
        className={
          sized === 'second' ? 'flex max-w-[70%] min-w-0 shrink-0 flex-col' : 'flex min-w-0 flex-1 flex-col'
        }
        style={sized === 'second' ? fixed : undefined}
      >
        {second}
      </div>
    </div>
  );
}
