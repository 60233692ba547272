import { Check } from 'lucide-react';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { kindShape, type InboxItem } from './inbox-item.ts';
import { strings } from './strings.ts';

/** One thing that waits: what it is about, then what it is and what helps to decide. The first of a section bears its heading. */
export function InboxRow({
  item,
  heading,
  checked,
}: {
  item: InboxItem;
  heading: { readonly name: string; readonly total: number } | undefined;
  checked: boolean;
}) {
  return (
    <>
      {heading ? (
        <p className="flex h-28 items-center gap-6 bg-canvas px-16 text-meta text-ink-2">
          {heading.name}
          <span className="text-ink-3 tabular-nums">{heading.total}</span>
        </p>
      ) : null}
      <div className="flex items-start gap-12 px-16 py-row-pad">
        <span className="mt-2">
          {checked ? (
            <span className="flex size-16 items-center justify-center rounded-chip bg-accent text-on-accent">
              <Check aria-label={strings.checked} size={14} strokeWidth={2} />
            </span>
          ) : (
            <StatusGlyph shape={kindShape[item.kind]} />
          )}
        </span>
        <div className="min-w-0 flex-1">
          <p className="flex items-baseline gap-8">
            <span className="min-w-0 flex-1 truncate font-medium" title={item.title}>
              {item.title}
            </span>
            <Time at={item.since} className="shrink-0 text-meta text-ink-3 tabular-nums" />
          </p>
          <p className="flex items-baseline gap-8 text-meta text-ink-2">
            <span className="shrink-0">{strings.kind[item.kind]}</span>
            <span className="shrink-0 font-mono text-micro font-regular text-ink-3">
              {item.ref}
              {item.projectName ? ` · ${item.projectName}` : ''}
            </span>
            <span className="min-w-0 truncate" title={item.detail}>
              {item.detail}
            </span>
          </p>
        </div>
      </div>
    </>
  );
}
