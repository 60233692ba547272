import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { cx } from '../../ui/cx.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { strings } from './strings.ts';

const words = strings.inspector.file;
/** Enough to see what it is about; the review has all of it. */
const mostLines = 60;

/** What the run has made of a file so far: the changed lines, and the way to the whole diff. */
export function FileHunks({ runId, path }: { runId: string; path: string }) {
  const { data, failure } = useQuery('run.diff', { id: runId });
  const file = data?.files.find((each) => each.path === path);
  if (!data && !failure) return <SkeletonRows rows={4} label={words.reading} />;
  if (!file) return <p className="text-meta text-ink-2">{failure ? words.unread : words.gone}</p>;
  const lines = linesOf(file.patch ?? '');
  return (
    <section className="flex min-w-0 flex-col gap-4">
      <header className="flex items-baseline justify-between gap-8 text-meta text-ink-2">
        <h3 className="font-medium">{words.now}</h3>
        <Link
          location={to('review', { id: runId }, { file: path })}
          className="font-medium text-accent-text hover:underline"
        >
          {words.open}
        </Link>
      </header>
      {lines.length === 0 ? (
        <p className="text-meta text-ink-2">{file.note ?? words.noLines}</p>
      ) : (
        <pre
          translate="no"
          tabIndex={0}
          data-ring="inset"
          aria-label={words.label(path)}
          className="max-h-[60vh] overflow-auto rounded-control border border-line bg-code-surface py-4 text-code text-ink"
        >
          <code className="block w-max min-w-full">
            {lines.slice(0, mostLines).map((line, index) => (
              <span
                key={String(index)}
                className={cx(
                  'block min-h-20 px-8 whitespace-pre',
                  line.startsWith('+') && 'bg-diff-add-line',
                  line.startsWith('-') && 'bg-diff-delete-line',
                  line.startsWith('@@') && 'text-ink-3',
                )}
              >
                {line}
              </span>
            ))}
          </code>
        </pre>
      )}
      {lines.length > mostLines ? (
        <p className="text-meta text-ink-3">{words.more(lines.length - mostLines)}</p>
      ) : null}
    </section>
  );
}

/** The hunks of a unified diff, without what names the files. */
function linesOf(patch: string): string[] {
  const lines = patch.trimEnd().split('\n');
  const start = lines.findIndex((line) => line.startsWith('@@'));
  return start < 0 ? [] : lines.slice(start).map((line) => line.replace(/^(@@ .* @@).*/, '$1'));
}
