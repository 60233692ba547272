import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { placeInOutput } from './place-in-output.ts';
import { strings } from './strings.ts';

/** The first place in the project that a failing command names, one press from its diff. */
export function PointsAt({ runId, output }: { runId: string; output: string }) {
  const place = placeInOutput(output);
  if (!place) return null;
  return (
    <p className="flex min-w-0 flex-wrap items-baseline gap-x-8 text-meta text-ink-2">
      {strings.inspector.pointsAt}
      <Link
        location={to('review', { id: runId }, { file: place.path })}
        className="min-w-0 font-mono wrap-anywhere text-accent-text underline"
      >
        {place.path}:{place.line}
      </Link>
    </p>
  );
}
