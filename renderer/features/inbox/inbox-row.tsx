import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { kindShape, type InboxItem } from './inbox-item.ts';
import { strings } from './strings.ts';

export function InboxRow({ item, heading }: { item: InboxItem; heading: string | undefined }) {
  return (
    <>
      {heading ? (
        <p className="flex h-28 items-center bg-canvas px-16 text-meta text-ink-3 tabular-nums">{heading}</p>
      ) : null}
      <div className="flex items-start gap-12 px-16 py-8">
        <span className="mt-2">
          <StatusGlyph shape={kindShape[item.kind]} />
        </span>
        <div className="min-w-0 flex-1">
          <p className="flex items-baseline gap-8">
            <span className="shrink-0 text-ink-2">{strings.kind[item.kind]}</span>
            <span className="min-w-0 flex-1 truncate font-medium" title={item.title}>
              {item.title}
            </span>
            <Time at={item.since} className="shrink-0 text-meta text-ink-3 tabular-nums" />
          </p>
          <p className="flex items-baseline gap-8 text-meta text-ink-2">
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
