import { Check } from 'lucide-react';
import { cx } from '../../ui/cx.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Changes } from '../run/changes.tsx';
import type { DiffFile } from './diff-rows.ts';
import { statusItems, treeItems } from './file-tree.ts';
import { strings } from './strings.ts';

const words = strings.files;

/** The changed files beside the diff: where the reader is, and what they have looked at. */
export function FileList({
  files,
  viewed,
  current,
  order,
  onOrder,
  onOpen,
}: {
  files: readonly DiffFile[];
  viewed: ReadonlySet<string>;
  current: string | undefined;
  order: 'tree' | 'status';
  onOrder: (order: 'tree' | 'status') => void;
  onOpen: (path: string) => void;
}) {
  const items = order === 'tree' ? treeItems(files, words.collapsed) : statusItems(files, words.change);
  return (
    <nav aria-label={words.label} className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-40 shrink-0 items-center justify-between gap-8 border-b border-line px-12">
        <span className="text-meta text-ink-2">{words.viewed(viewed.size, files.length)}</span>
        <Segmented
          label={words.order}
          value={order}
          onValueChange={onOrder}
          segments={[
            { value: 'tree', label: words.tree },
            { value: 'status', label: words.status },
          ]}
        />
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto py-4">
        {items.map((item) =>
          item.kind === 'heading' ? (
            <li
              key={item.key}
              title={item.label}
              className="truncate px-12 pt-8 pb-2 text-left text-meta text-ink-3 [direction:rtl]"
            >
              <bdi>{item.label}</bdi>
            </li>
          ) : (
            <li key={item.key}>
              <button
                type="button"
                data-ring="inset"
                aria-current={item.key === current ? 'true' : undefined}
                title={item.file.path}
                onClick={() => {
                  onOpen(item.key);
                }}
                className={cx(
                  'flex h-28 w-full items-center gap-8 pr-12 text-left hover:bg-hover aria-[current]:bg-selected',
                  item.depth === 0 ? 'pl-12' : 'pl-20',
                )}
              >
                <span className="w-12 shrink-0 text-center font-mono text-meta text-ink-3" aria-hidden>
                  {words.letter[item.file.change]}
                </span>
                <span
                  className={cx(
                    'min-w-0 flex-1 truncate font-mono text-meta',
                    viewed.has(item.key) ? 'text-ink-3' : 'text-ink',
                  )}
                >
                  {item.name}
                </span>
                <Changes
                  additions={item.file.additions}
                  deletions={item.file.deletions}
                  className="text-micro"
                />
                <span className="inline-flex size-16 shrink-0 items-center justify-center text-success">
                  {viewed.has(item.key) ? (
                    <Check aria-label={strings.diff.viewed} size={14} strokeWidth={2} />
                  ) : null}
                </span>
              </button>
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}
