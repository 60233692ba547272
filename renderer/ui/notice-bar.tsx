import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Something to know or to answer, above the view it concerns; nothing is wrong. */
export function NoticeBar({
  icon: Icon,
  message,
  detail,
  actions,
}: {
  readonly icon: LucideIcon;
  readonly message: string;
  readonly detail?: string | undefined;
  readonly actions?: ReactNode;
}) {
  return (
    <div
      role="status"
      className="flex min-h-40 flex-wrap items-center gap-x-12 gap-y-6 rounded-control bg-inset px-12 py-6"
    >
      <Icon aria-hidden size={16} strokeWidth={2} className="shrink-0 text-ink-2" />
      <p className="min-w-0 flex-1 basis-[240px] text-body text-ink">
        <span className="font-medium">{message}</span>
        {detail ? <span className="text-ink-2"> {detail}</span> : null}
      </p>
      {actions ? <div className="flex flex-wrap items-center gap-8">{actions}</div> : null}
    </div>
  );
}
