import { ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';

export interface DisclosureProps {
  readonly title: string;
  /** What holds now, in a few words: so that it need not be opened to be known. */
  readonly summary: string;
  /** Kept open: something in it needs to be seen. */
  readonly forced?: boolean | undefined;
  readonly children: ReactNode;
}

/** Fields that few need, one press away. */
export function Disclosure({ title, summary, forced = false, children }: DisclosureProps) {
  const [opened, setOpened] = useState(forced);
  return (
    <details
      open={opened || forced}
      // Told of both a press and being forced open: what was mended stays in sight.
      onToggle={(event) => {
        setOpened(event.currentTarget.open);
      }}
      className="group border-t border-line pt-8"
    >
      <summary className="flex min-h-28 cursor-default list-none items-center gap-8 rounded-control [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          size={16}
          strokeWidth={1.5}
          className="shrink-0 text-ink-3 transition-transform duration-fast group-open:rotate-90"
        />
        <span className="font-medium">{title}</span>
        <span className="min-w-0 truncate text-meta text-ink-2">{summary}</span>
      </summary>
      <div className="pt-8 pb-8 ps-24">{children}</div>
    </details>
  );
}
