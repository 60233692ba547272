import type { ReactNode } from 'react';

/** One part of a briefing: j and k go from heading to heading. */
export function Part({
  title,
  count,
  children,
}: {
  title: string;
  count?: number | undefined;
  children: ReactNode;
}) {
  return (
    <section className="flex flex-col gap-4 text-body">
      <h3
        tabIndex={-1}
        data-part
        className="flex items-baseline gap-8 rounded-chip text-read font-strong outline-offset-2 focus-visible:outline-2 focus-visible:outline-focus"
      >
        {title}
        {count === undefined ? null : (
          <span className="text-meta font-regular text-ink-3 tabular-nums">{count}</span>
        )}
      </h3>
      {children}
    </section>
  );
}

/** What is left out of a list is said below it. */
export function Rest({ children }: { children: ReactNode }) {
  return <p className="py-4 text-meta text-ink-2">{children}</p>;
}
