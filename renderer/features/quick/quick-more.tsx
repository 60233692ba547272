import type { ReactNode } from 'react';
import type { InboxItem } from '../../../preload/contract/worker.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Mono } from '../../ui/mono.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { strings } from './strings.ts';

const mostFiles = 12;
/** Of the output of tests that failed: the last lines tell most. */
const mostLines = 10;

/** What stands behind the line: the steps of a plan, the files of a diff, the words of an idea. Read only once it is asked for. */
export function QuickMore({ item }: { item: InboxItem }) {
  return (
    <div className="border-s-2 border-line ps-12 text-meta text-ink-2">
      {item.kind === 'review' ? (
        <Files id={item.entityId} />
      ) : item.entity === 'proposal' ? (
        <Proposal id={item.entityId} />
      ) : (
        <Run item={item} />
      )}
    </div>
  );
}

function Files({ id }: { id: string }) {
  const { data, failure } = useQuery('run.diff', { id });
  if (!data) return failure ? <p>{failure.message}</p> : <SkeletonRows rows={2} />;
  if (data.files.length === 0) return <p>{strings.noFiles}</p>;
  const more = data.files.length - mostFiles;
  return (
    <>
      <ul className="flex flex-col gap-2">
        {data.files.slice(0, mostFiles).map(({ path, additions, deletions }) => (
          <li key={path} className="flex items-baseline gap-8">
            <span className="min-w-0 flex-1">
              <Mono elide>{path}</Mono>
            </span>
            <span className="shrink-0 tabular-nums">{strings.lines(additions, deletions)}</span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="mt-2 text-ink-3">{strings.moreFiles(more)}</p> : null}
    </>
  );
}

function Proposal({ id }: { id: string }) {
  const { data, failure } = useQuery('proposal.get', { id });
  if (!data) return failure ? <p>{failure.message}</p> : <SkeletonRows rows={2} />;
  const { plan, content, summary } = data.proposal;
  const open = data.questions.filter(({ answer }) => answer === null);
  if (open.length > 0) return <Lines items={open.map(({ question }) => question)} />;
  if (plan) return <Lines items={plan.steps} ordered />;
  return (
    <p className="line-clamp-12 whitespace-pre-line wrap-anywhere">
      {content.trim() || summary || strings.nothingMore}
    </p>
  );
}

function Run({ item }: { item: InboxItem }) {
  const { data, failure } = useQuery('run.get', { id: item.entityId });
  if (!data) return failure ? <p>{failure.message}</p> : <SkeletonRows rows={2} />;
  const { run } = data;
  const said = [run.question ?? '', run.error ?? '', ...run.held.map(({ reason }) => reason)].filter(
    (line) => line !== '' && line !== item.detail,
  );
  const test = run.testAfter;
  const output = test && test.exitCode !== 0 ? test.output.trim().split('\n').slice(-mostLines) : [];
  if (said.length + output.length === 0) return <p>{strings.nothingMore}</p>;
  return (
    <>
      {said.map((line) => (
        <p key={line} className="whitespace-pre-line wrap-anywhere">
          {line}
        </p>
      ))}
      {output.length > 0 ? (
        <pre className="font-mono text-micro font-regular whitespace-pre-wrap wrap-anywhere">
          {output.join('\n')}
        </pre>
      ) : null}
    </>
  );
}

function Lines({ items, ordered = false }: { items: readonly string[]; ordered?: boolean }): ReactNode {
  const List = ordered ? 'ol' : 'ul';
  return (
    <List className="flex flex-col gap-2">
      {items.map((line, at) => (
        <li key={line} className="flex gap-8 wrap-anywhere">
          {ordered ? <span className="shrink-0 text-ink-3 tabular-nums">{at + 1}</span> : null}
          {line}
        </li>
      ))}
    </List>
  );
}
