import type { ReactNode } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { Button } from '../../ui/button.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Changes } from '../run/changes.tsx';
import type { Run } from '../run/run-types.ts';
import { hunksOf, type Diff } from './diff-file.ts';
import { leftOutCounts } from './left-out.ts';
import { strings } from './strings.ts';
import { TestVerdict } from './test-verdict.tsx';

export type ApplyPreview = OutputOf<'run.previewApply'>;
type LeftOut = Parameters<typeof leftOutCounts>[0];
const words = strings.apply;
const shownCommits = 8;

/** What the decision rests on, and what the branch will get; the rows stand before their contents are known, so nothing moves. */
export function ApplyFacts({
  run,
  diff,
  leftOut,
  preview,
  onTakeAll,
}: {
  run: Run;
  diff: Diff;
  leftOut: LeftOut;
  preview: ApplyPreview | undefined;
  onTakeAll: () => void;
}) {
  const counts = leftOutCounts(leftOut);
  const ahead = preview?.targetAhead ?? diff.targetAhead;
  return (
    <>
      <Row name={words.target}>
        <Mono>{preview?.tip ? `${diff.target}@${preview.tip.slice(0, 7)}` : diff.target}</Mono>{' '}
        <span className="text-ink-2">{run.projectName}</span>
      </Row>
      <Row name={words.changes}>
        {strings.files.count(preview?.files ?? diff.files.length - counts.files)},{' '}
        {words.hunks(hunksTaken(diff, leftOut))}{' '}
        <Changes
          additions={preview?.additions ?? diff.additions}
          deletions={preview?.deletions ?? diff.deletions}
        />
      </Row>
      {leftOut ? (
        <Row name={words.leftOut}>
          <span className="inline-flex flex-wrap items-center gap-x-8">
            <span title={leftOut.files.map(({ path }) => path).join('\n')}>
              {words.leftOutCount(counts.files, counts.hunks)}
            </span>
            <Button size="small" variant="ghost" onClick={onTakeAll}>
              {strings.footer.takeAll}
            </Button>
          </span>
        </Row>
      ) : null}
      <Row name={words.drift}>
        {ahead === 0 ? words.none : strings.head.ahead(ahead, diff.target)}
        {preview && preview.conflicts.length > 0 ? (
          <span className="text-danger-text">, {strings.head.conflicts(preview.conflicts.length)}</span>
        ) : null}
      </Row>
      <Row name={words.tests}>
        <TestVerdict run={run} />
        {leftOut && run.testAfter ? <span className="text-ink-2"> {words.testedWhole}</span> : null}
      </Row>
      <Row name={words.policy}>
        {preview === undefined ? (
          <Waiting />
        ) : preview.blocked?.tag === 'policy_violation' ? (
          <span className="text-danger-text">{words.forbidden(preview.blocked.files.length)}</span>
        ) : (
          words.allowed
        )}
      </Row>
      <Row name={words.yours}>
        {preview === undefined ? (
          <Waiting />
        ) : preview.blocked?.tag === 'dirty_target' ? (
          <span className="text-danger-text">{words.overlap(preview.blocked.files.length)}</span>
        ) : preview.uncommitted === 0 ? (
          <span className="text-ink-2">{words.noneUncommitted}</span>
        ) : (
          words.uncommitted(preview.uncommitted)
        )}
      </Row>
      <Row name={words.commits}>
        {preview === undefined ? (
          <Waiting />
        ) : preview.commits.length === 0 ? (
          <span className="text-ink-2">{words.noCommits}</span>
        ) : (
          <Commits titles={preview.commits} count={preview.commitCount} />
        )}
      </Row>
      <Row name={words.back}>
        {preview === undefined ? (
          <Waiting />
        ) : (
          <span className="text-ink-2">
            {words.wayBack} <Mono className="text-ink">{preview.tip?.slice(0, 7) ?? '–'}</Mono>
          </span>
        )}
      </Row>
    </>
  );
}

/** Those that can be told: what is shown without lines has none. */
function hunksTaken({ files }: Diff, leftOut: LeftOut): number {
  const out = new Map(leftOut?.files.map(({ path, hunks }) => [path, hunks]));
  return files.reduce((sum, file) => {
    const all = hunksOf(file)?.length ?? 0;
    if (!out.has(file.path)) return sum + all;
    const some = out.get(file.path);
    return some ? sum + all - some.length : sum;
  }, 0);
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function Waiting() {
  return <span className="text-ink-3">{words.looking}</span>;
}

/** In the order they will stand on the branch; of many, the last ones are folded. */
function Commits({ titles, count }: { titles: readonly string[]; count: number }) {
  const shown = titles.length > shownCommits ? titles.slice(0, shownCommits - 1) : titles;
  const last = titles.length > shownCommits && count === titles.length ? titles.slice(-1) : [];
  const folded = count - shown.length - last.length;
  return (
    <ol aria-label={words.commits} className="flex min-w-0 flex-col">
      {shown.map((title, index) => (
        <Commit key={`${String(index)} ${title}`} title={title} />
      ))}
      {folded > 0 ? <li className="ps-16 text-ink-3">{words.moreCommits(folded)}</li> : null}
      {last.map((title) => (
        <Commit key={title} title={title} />
      ))}
    </ol>
  );
}

function Commit({ title }: { title: string }) {
  return (
    <li className="flex min-w-0 items-center gap-8" title={title}>
      <span aria-hidden className="size-8 shrink-0 rounded-full border-2 border-control" />
      <span className="truncate">{title}</span>
    </li>
  );
}
