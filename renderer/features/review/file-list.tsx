import { Check, TriangleAlert } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { cx } from '../../ui/cx.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Changes } from '../run/changes.tsx';
import type { FileListItem } from './file-tree.ts';
import { strings } from './strings.ts';

const words = strings.files;
export type FileOrder = 'intent' | 'tree';
type FileItem = Extract<FileListItem, { kind: 'file' }>;

/** The changed files beside the diff: where the reader is, and what they have looked at. */
export function FileList({
  items,
  total,
  viewed,
  conflicts,
  isOut,
  current,
  order,
  onOrder,
  onOpen,
}: {
  items: readonly FileListItem[];
  total: number;
  viewed: ReadonlySet<string>;
  conflicts: ReadonlySet<string>;
  isOut: (path: string) => boolean;
  current: string | undefined;
  /** Undefined while the run tells no steps: then there is but one order. */
  order: FileOrder | undefined;
  onOrder: (order: FileOrder) => void;
  onOpen: (path: string) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <nav aria-label={words.label} className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-40 shrink-0 items-center justify-between gap-8 border-b border-line px-12">
        <span className="truncate text-meta text-ink-2">{words.count(total)}</span>
        {order === undefined ? null : (
          <Segmented<FileOrder>
            label={words.order}
            value={order}
            onValueChange={onOrder}
            segments={[
              { value: 'intent', label: words.intent },
              { value: 'tree', label: words.tree },
            ]}
          />
        )}
      </div>
      <ul ref={list} className="min-h-0 flex-1 overflow-y-auto py-4">
        {items.map((item) =>
          item.kind === 'heading' ? (
            <Heading key={item.key} item={item} />
          ) : (
            <FileRow
              key={item.key}
              item={item}
              current={item.key === current}
              viewed={viewed.has(item.key)}
              conflict={conflicts.has(item.key)}
              out={isOut(item.key)}
              onOpen={onOpen}
            />
          ),
        )}
      </ul>
    </nav>
  );
}

/** A folder keeps the end of its path, a step the beginning of its title. */
function Heading({ item }: { item: Extract<FileListItem, { kind: 'heading' }> }) {
  const { label, count } = item;
  if (count === undefined)
    return (
      <li title={label} className="truncate px-12 pt-8 pb-2 text-left text-meta text-ink-3 [direction:rtl]">
        <bdi>{label}</bdi>
      </li>
    );
  return (
    <li title={label} className="flex items-baseline gap-8 px-12 pt-12 pb-2 text-meta">
      <span className="line-clamp-2 min-w-0 font-medium text-ink-2">{label}</span>
      <span className="text-ink-3 tabular-nums">{count}</span>
    </li>
  );
}

const FileRow = memo(function FileRow({
  item,
  current,
  viewed,
  conflict,
  out,
  onOpen,
}: {
  item: FileItem;
  current: boolean;
  viewed: boolean;
  conflict: boolean;
  out: boolean;
  onOpen: (path: string) => void;
}) {
  const { file, name, depth, key } = item;
  const quiet = viewed || out;
  return (
    <li className="[contain-intrinsic-size:auto_28px] [content-visibility:auto]">
      <button
        type="button"
        data-ring="inset"
        aria-current={current ? 'true' : undefined}
        title={file.path}
        onClick={() => {
          onOpen(key);
        }}
        className={cx(
          'flex h-[calc(var(--spacing-row)-4px)] w-full items-center gap-8 pe-12 text-start hover:bg-hover aria-[current]:bg-selected',
          depth === 0 ? 'ps-12' : 'ps-20',
        )}
      >
        <span className="w-12 shrink-0 text-center font-mono text-meta text-ink-3" aria-hidden>
          {words.letter[file.change]}
        </span>
        <PathName name={name} quiet={quiet} out={out} />
        {out ? <span className="sr-only">{words.out}</span> : null}
        <Changes additions={file.additions} deletions={file.deletions} className="ms-auto text-micro" />
        <span className="inline-flex size-16 shrink-0 items-center justify-center">
          {conflict ? (
            <TriangleAlert
              aria-label={words.conflict}
              role="img"
              size={14}
              strokeWidth={2}
              className="text-attention-text"
            />
          ) : viewed ? (
            <Check
              aria-label={strings.diff.viewed}
              role="img"
              size={14}
              strokeWidth={2}
              className="text-success"
            />
          ) : null}
        </span>
      </button>
    </li>
  );
});

/** The folder gives way before the name of the file does, and its beginning before its end. */
function PathName({ name, quiet, out }: { name: string; quiet: boolean; out: boolean }) {
  const cut = name.lastIndexOf('/') + 1;
  return (
    <span translate="no" className={cx('flex min-w-0 flex-1 font-mono text-meta', out && 'line-through')}>
      {cut > 0 ? (
        <span className="min-w-0 shrink truncate text-ink-3 [direction:rtl]">
          <bdi>{name.slice(0, cut)}</bdi>
        </span>
      ) : null}
      <span className={cx('max-w-full shrink-0 truncate', quiet ? 'text-ink-3' : 'text-ink')}>
        {name.slice(cut)}
      </span>
    </span>
  );
}
