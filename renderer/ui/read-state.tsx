import type { ReactNode } from 'react';
import { ErrorBar } from './error-bar.tsx';
import { SkeletonRows } from './skeleton.tsx';

/** What is known of something that is read: as much of a query's state as is shown. */
export interface Readable<T> {
  readonly data: T | undefined;
  readonly failure: { readonly message: string; readonly hint?: string | undefined } | undefined;
  readonly pending: boolean;
  readonly reread: () => void;
}

/** What was read, with a bar above it when it could not be read again; rows of nothing before the first answer, and no more than the bar without one. */
export function ReadState<T>({
  query: { data, failure, pending, reread },
  failed,
  rows = 4,
  label,
  barClassName = 'p-12',
  children,
}: {
  query: Readable<T>;
  /** What could not be read, in a sentence. */
  failed: string;
  rows?: number | undefined;
  label?: string | undefined;
  barClassName?: string | undefined;
  children: (data: T) => ReactNode;
}) {
  return (
    <>
      {failure ? (
        <div className={barClassName}>
          <ErrorBar
            kind={data === undefined ? 'error' : 'stale'}
            message={failed}
            hint={[failure.message, failure.hint ?? ''].join(' ').trim()}
            onRetry={reread}
            busy={pending}
          />
        </div>
      ) : null}
      {data === undefined ? failure ? null : <SkeletonRows rows={rows} label={label} /> : children(data)}
    </>
  );
}

/** A list as `ReadState` shows it; `empty` stands in the place of one that was read and holds nothing. */
export function ReadList<T>({
  empty,
  children,
  ...state
}: Omit<Parameters<typeof ReadState<readonly T[]>>[0], 'children'> & {
  empty: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}) {
  return <ReadState {...state}>{(items) => (items.length === 0 ? empty : children(items))}</ReadState>;
}
