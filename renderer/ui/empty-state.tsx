import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  /** What this place is for, or why it is empty: one sentence. */
  readonly title: string;
  readonly detail?: ReactNode;
  /** The next step. */
  readonly action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, detail, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-dialog flex-col items-center gap-8 px-16 py-48 text-center">
      <Icon aria-hidden size={24} strokeWidth={1.5} className="text-ink-3" />
      <p className="text-title text-ink text-balance">{title}</p>
      {detail ? <p className="text-body text-ink-2 text-pretty">{detail}</p> : null}
      {action ? <div className="mt-8 flex flex-wrap justify-center gap-8">{action}</div> : null}
    </div>
  );
}
