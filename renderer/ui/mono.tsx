import { cx } from './cx.ts';

export interface MonoProps {
  readonly children: string;
  /** Elides in the middle when there is no room, so that a path keeps its file name. The whole stays in the title. */
  readonly elide?: boolean | undefined;
  readonly className?: string | undefined;
}

/** An id, a path, a command: set apart from prose, never translated. */
export function Mono({ children, elide = false, className }: MonoProps) {
  const look = cx('font-mono text-[0.923em]', className);
  if (!elide)
    return (
      <code translate="no" className={cx(look, 'wrap-anywhere')}>
        {children}
      </code>
    );
  const cut = Math.max(0, children.lastIndexOf('/'), children.length - 24);
  return (
    <code translate="no" title={children} className={cx(look, 'flex min-w-0')}>
      <span className="truncate whitespace-pre">{children.slice(0, cut)}</span>
      <span className="shrink-0 whitespace-pre">{children.slice(cut)}</span>
    </code>
  );
}
