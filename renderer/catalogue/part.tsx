import { type ReactNode } from 'react';

/** One family of controls, under its name. */
export function Part({
  title,
  children,
  wide = false,
}: {
  title: string;
  children: ReactNode;
  wide?: boolean;
}) {
  return (
    <section className={wide ? 'col-span-full min-w-0' : 'min-w-0'}>
      <h3 className="mb-8 text-micro text-ink-3">{title}</h3>
      <div className="flex flex-wrap items-center gap-8">{children}</div>
    </section>
  );
}
