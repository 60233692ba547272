import type { ReactNode } from 'react';

export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="border-t border-line py-16">
      <header className="mb-8 flex min-h-24 flex-wrap items-center gap-8">
        <h2 className="flex-1 text-body font-strong">{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
