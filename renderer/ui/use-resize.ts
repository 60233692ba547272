import { useCallback, useState, type KeyboardEvent, type PointerEvent } from 'react';

export interface ResizeOptions {
  readonly label: string;
  readonly initial: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Which way the pane lies from the handle. */
  readonly pane: 'before' | 'after';
  readonly onCommit?: ((size: number) => void) | undefined;
}

/** Size of a pane in pixels, and the props of the separator that changes it by pointer, arrow keys or double press. */
export function useResize({ label, initial, minimum, maximum, pane, onCommit }: ResizeOptions) {
  const [size, setSize] = useState(initial);
  const clamp = useCallback(
    (value: number) => Math.round(Math.min(maximum, Math.max(minimum, value))),
    [minimum, maximum],
  );
  const commit = (value: number): void => {
    const next = clamp(value);
    setSize(next);
    onCommit?.(next);
  };
  /** What a step to the right does to the pane; the other way round where the page is read from right to left. */
  const directionAt = (handle: Element): 1 | -1 =>
    (pane === 'before') === (getComputedStyle(handle).direction !== 'rtl') ? 1 : -1;

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const handle = event.currentTarget;
    const direction = directionAt(handle);
    const start = event.clientX;
    let latest = size;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => {
      latest = clamp(size + (moved.clientX - start) * direction);
      setSize(latest);
    };
    const end = (): void => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', end);
      handle.removeEventListener('pointercancel', end);
      onCommit?.(latest);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = (event.shiftKey ? 64 : 16) * directionAt(event.currentTarget);
    if (event.key === 'ArrowRight') commit(size + step);
    else if (event.key === 'ArrowLeft') commit(size - step);
    else if (event.key === 'Home') commit(minimum);
    else if (event.key === 'End') commit(maximum);
    else return;
    event.preventDefault();
  };
  return {
    size: clamp(size),
    handle: {
      role: 'separator',
      'aria-label': label,
      'aria-orientation': 'vertical',
      'aria-valuenow': clamp(size),
      'aria-valuemin': minimum,
      'aria-valuemax': maximum,
      tabIndex: 0,
      onPointerDown,
      onKeyDown,
      onDoubleClick: () => {
        commit(initial);
      },
    } as const,
  };
}
