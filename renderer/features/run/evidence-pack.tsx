import { Download } from 'lucide-react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { useActions } from '../../app/actions-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { StatusGlyph, type GlyphShape } from '../../ui/status-glyph.tsx';
import { strings } from './strings.ts';
import { useExportEvidence } from './use-export-evidence.ts';

const words = strings.evidence;
type Summary = OutputOf<'run.evidence'>;
type Piece = Summary['pieces'][number];

const shapes: Record<Piece['state'], GlyphShape> = { there: 'check', none: 'dashed', missing: 'octagon' };

/** What stands behind a run, part by part, what is missing and why, and the way to take it along. */
export function EvidencePack({ runId }: { runId: string }) {
  const { data, failure, pending, reread } = useQuery('run.evidence', { id: runId }, { every: 1_000 });
  const exported = useExportEvidence(runId);
  useActions([
    {
      id: 'run.export-evidence',
      title: strings.actions.exportEvidence,
      group: strings.group,
      scope: 'view',
      keys: 'Shift+e',
      run: exported.start,
    },
  ]);
  if (!data && failure)
    return (
      <div className="p-12">
        <ErrorBar
          message={words.failure}
          hint={failure.hint ?? failure.message}
          onRetry={reread}
          busy={pending}
        />
      </div>
    );
  if (!data) return <SkeletonRows rows={8} label={words.reading} />;
  const missing = data.pieces.filter((piece) => piece.state === 'missing').length;
  const there = data.pieces.filter((piece) => piece.state === 'there').length;
  return (
    <section
      aria-label={words.label}
      tabIndex={0}
      data-ring="inset"
      className="min-h-0 flex-1 overflow-y-auto p-16"
    >
      <div className="flex max-w-[880px] flex-col gap-12">
        <header className="flex flex-wrap items-start gap-x-16 gap-y-8">
          <div className="flex min-w-0 flex-1 basis-[320px] flex-col gap-2">
            <h2 className="flex flex-wrap items-baseline gap-x-8 text-body font-strong">
              {missing === 0 ? words.complete : words.missing(missing)}
              <span className="text-meta font-regular text-ink-2">
                {words.there(there, data.pieces.length)}
              </span>
            </h2>
            <p className="text-meta text-ink-2">{words.detail}</p>
          </div>
          <Button icon={Download} keys="Shift+e" busy={exported.busy} onClick={exported.start}>
            {strings.actions.exportEvidence}
          </Button>
        </header>
        {exported.failure ? (
          <ErrorBar
            message={exported.failure.message}
            hint={exported.failure.hint}
            onRetry={exported.start}
            busy={exported.busy}
          />
        ) : null}
        <ul className="flex flex-col border-t border-line">
          {data.pieces.map((piece) => (
            <PieceRow key={piece.part} piece={piece} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function PieceRow({ piece }: { piece: Piece }) {
  const { part, state, what } = piece;
  return (
    <li className="flex min-h-32 items-start gap-8 border-b border-line py-6">
      <span className="mt-2">
        <StatusGlyph
          shape={shapes[state]}
          tone={state === 'there' ? 'success' : state === 'none' ? 'neutral' : 'danger'}
          label={labels.evidenceState[state]}
        />
      </span>
      <span className="flex min-w-0 flex-1 flex-wrap gap-x-16">
        <span className="w-[160px] shrink-0 font-medium">{labels.evidencePart[part]}</span>
        <span className={cx('min-w-0 flex-1 basis-[240px] wrap-anywhere', state === 'none' && 'text-ink-2')}>
          {what}
        </span>
      </span>
    </li>
  );
}
