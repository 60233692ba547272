import { memo } from 'react';
import { cx } from '../../ui/cx.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { columns, fromWide } from './goal-columns.ts';
import type { TreeItem } from './goal-tree.ts';
import { strings } from './strings.ts';
import { intentOutcome, proposalOutcome } from './work-outcome.ts';

const indent = (level: number): { paddingLeft: number } => ({ paddingLeft: (level - 1) * 20 + 4 });

/** A linked proposal or other work, with what became of it. */
export const WorkLine = memo(function WorkLine({
  item,
}: {
  readonly item: Extract<TreeItem, { kind: 'proposal' | 'intent' }>;
}) {
  const { title, name, project, outcome, run } =
    item.kind === 'proposal'
      ? {
          title: item.proposal.title,
          name: `P-${String(item.proposal.number)}`,
          project: item.proposal.projectName,
          outcome: proposalOutcome(item.proposal),
          run: item.proposal.run,
        }
      : {
          title: item.intent.name,
          name: '',
          project: item.intent.projectName,
          outcome: intentOutcome(item.intent),
          run: item.intent.run,
        };
  return (
    <div role="presentation" className={cx(columns, 'h-row')}>
      <div
        role="gridcell"
        className="flex min-w-0 items-center gap-8"
        style={indent(item.level)}
        title={title}
      >
        <StatusGlyph shape={outcome.shape} tone={outcome.tone} still />
        {name === '' ? null : <span className="shrink-0 font-mono text-meta text-ink-3">{name}</span>}
        <span className="truncate text-ink-2">{title}</span>
        {project === null ? null : (
          <span className={cx(fromWide, 'max-w-[96px] shrink-0 truncate text-meta text-ink-3')}>
            {project}
          </span>
        )}
      </div>
      <div
        role="gridcell"
        className="col-[2/-1] flex min-w-0 items-baseline justify-end gap-8 text-ink-2 @[960px]/goals:justify-start"
      >
        <span className="truncate">{outcome.label}</span>
        {run ? (
          <span className="hidden font-mono text-meta text-ink-3 @[640px]/goals:inline">#{run.number}</span>
        ) : null}
      </div>
    </div>
  );
});

export function NoteLine({ item }: { readonly item: Extract<TreeItem, { kind: 'note' }> }) {
  const { note } = item;
  return (
    <div
      role="gridcell"
      className="flex h-row items-center px-12 text-meta text-ink-3"
      aria-busy={note === 'loading' || undefined}
    >
      <span style={indent(item.level)}>
        {note === 'loading' ? '…' : note === 'none' ? strings.nothingBelow : strings.more(note.more)}
      </span>
    </div>
  );
}
