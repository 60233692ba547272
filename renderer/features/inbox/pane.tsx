import type { ReactNode } from 'react';

/** The pane at the right: what it is, the evidence, and the decisions at its foot, always in sight. */
export function Pane({ children, footer }: { children: ReactNode; footer: ReactNode }) {
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <article className="mx-auto max-w-[728px] px-24 pt-20 pb-32">{children}</article>
      </div>
      <footer className="shrink-0 border-t border-line bg-surface py-12">
        <div className="mx-auto max-w-[728px] px-24">{footer}</div>
      </footer>
    </>
  );
}
