import type { ReactNode } from 'react';
import type { QueryState } from '../../client/queries.ts';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { strings } from './strings.ts';

/** What was read, with a bar above it when it could not be read again. */
export function ReadState<T>({
  query,
  children,
}: {
  query: QueryState<T> & { reread: () => void };
  children: (data: T) => ReactNode;
}) {
  const { data, failure, pending, reread } = query;
  return (
    <>
      {failure ? (
        <ErrorBar
          kind={data === undefined ? 'error' : 'stale'}
          message={strings.failed}
          hint={`${failure.message} ${failure.hint ?? ''}`}
          onRetry={reread}
          busy={pending}
        />
      ) : null}
      {data === undefined ? failure ? null : <SkeletonRows rows={4} /> : children(data)}
    </>
  );
}
