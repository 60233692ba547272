import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import type { Diff } from './diff-file.ts';
import { strings } from './strings.ts';

const words = strings.conflict;

/** Why the result cannot come in as it is: the files by name, each one press away, and the way out. */
export function ConflictBar({
  diff,
  onOpen,
  onAsk,
}: {
  diff: Diff;
  onOpen: (path: string) => void;
  onAsk: () => void;
}) {
  const { conflicts, blockedBy } = diff;
  if (conflicts.length === 0 && blockedBy === null) return null;
  return (
    <div className="shrink-0 px-12 py-8">
      <ErrorBar
        kind="stale"
        message={blockedBy ?? words.title}
        hint={
          conflicts.length === 0 ? undefined : (
            <>
              {words.files}{' '}
              {conflicts.slice(0, 12).map((path, index) => (
                <span key={path}>
                  {index > 0 ? ', ' : ''}
                  <button
                    type="button"
                    className="font-mono text-[0.923em] text-ink underline decoration-control underline-offset-2 wrap-anywhere hover:decoration-current"
                    onClick={() => {
                      onOpen(path);
                    }}
                  >
                    {path}
                  </button>
                </span>
              ))}
              {conflicts.length > 12 ? ` ${words.more(conflicts.length - 12)}` : ''}
            </>
          )
        }
        actions={
          conflicts.length > 0 ? (
            <Button size="small" onClick={onAsk}>
              {words.ask}
            </Button>
          ) : undefined
        }
      />
    </div>
  );
}
