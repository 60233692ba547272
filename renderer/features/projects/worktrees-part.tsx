import { useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useClient, useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Bytes } from '../../ui/bytes.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { formatBytes } from '../../ui/format-time.ts';
import { Mono } from '../../ui/mono.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { ArchiveList } from './archive-list.tsx';
import { BranchList } from './branch-list.tsx';
import type { Project } from './project.ts';
import { strings } from './strings.ts';

const words = strings.worktrees;
type Entry = OutputOf<'workspace.list'>['worktrees'][number];
const rowHeight = 52;

/** May go when its owner names it. */
function mayGo({ advice }: Entry): boolean {
  return advice === 'remove' || advice === 'archive';
}

/** Folders Homer works in, branches and archives that were left: how large and old they are, and what may be done with them. */
export function WorktreesPart({ project }: { project: Project }) {
  const { queries } = useClient();
  const input = { projectId: project.id };
  const { data, failure, pending, reread } = useQuery('workspace.list', input, {
    watch: ['run'],
    every: 30_000,
  });
  const { busy, failure: refused, send } = useForm();
  const [asking, setAsking] = useState<readonly Entry[]>([]);
  const toast = useToast();
  const all = data?.worktrees ?? [];
  const free = all.filter((entry) => mayGo(entry) && (entry.runNumber !== null || entry.kind !== 'run'));

  const remove = async (): Promise<void> => {
    const [one] = asking;
    const reply = await send('workspace.clean', {
      projectId: project.id,
      ...(asking.length === 1 && one ? { runId: one.runId } : {}),
    });
    reread();
    queries.reread('archive.list', {});
    queries.reread('project.branches', { id: project.id });
    if (!reply.ok) return;
    setAsking([]);
    const { removed, freedBytes, kept } = reply.value;
    const left = kept.find(({ runId }) => runId === one?.runId);
    toast({
      text:
        removed.length === 0
          ? words.stays(left?.why ?? '')
          : words.removed(
              removed.length,
              formatBytes(freedBytes),
              removed.some(({ uncommitted }) => uncommitted),
            ),
    });
  };
  const archived = asking.filter(({ advice }) => advice === 'archive').length;
  return (
    <div className="flex flex-col pt-16">
      {failure ? (
        <ErrorBar
          kind={data ? 'stale' : 'error'}
          message={words.failed}
          hint={failure.message}
          onRetry={reread}
        />
      ) : null}
      {data?.shortage ? <ErrorBar kind="stale" message={data.shortage} /> : null}
      {!data && pending ? <SkeletonRows rows={4} /> : null}
      {data ? (
        <>
          <header className="flex min-h-28 flex-wrap items-center gap-x-12 gap-y-4 pb-8">
            <h3 className="font-strong">{words.title}</h3>
            <span className="flex-1 text-meta text-ink-2 tabular-nums">
              {words.total(all.length)} · <Bytes value={data.totalBytes} />
            </span>
            <Button
              size="small"
              unavailable={free.length > 0 ? undefined : words.nothingFree}
              onClick={() => {
                setAsking(free);
              }}
            >
              {words.removeAll(free.length)}
            </Button>
          </header>
          {all.length === 0 ? <p className="pb-16 text-ink-2">{words.none}</p> : null}
          {all.length > 0 ? (
            <div className="-mx-12 flex flex-col" style={{ height: Math.min(all.length, 8) * rowHeight }}>
              <VirtualList
                kind="list"
                label={words.title}
                items={all}
                itemKey={({ runId }) => runId}
                rowHeight={rowHeight}
                renderRow={(entry) => (
                  <WorktreeRow
                    entry={entry}
                    onRemove={() => {
                      setAsking([entry]);
                    }}
                  />
                )}
              />
            </div>
          ) : null}
        </>
      ) : null}
      <BranchList project={project} />
      <ArchiveList project={project} />
      <Dialog
        open={asking.length > 0}
        onOpenChange={() => {
          setAsking([]);
        }}
        title={words.ask(asking.length)}
        description={archived > 0 ? words.askArchive(archived) : words.askPlain}
        footer={
          <>
            <Button
              onClick={() => {
                setAsking([]);
              }}
            >
              {words.cancel}
            </Button>
            <Button variant="danger" busy={busy} onClick={() => void remove()}>
              {archived > 0 ? words.archiveAndRemove : words.remove}
            </Button>
          </>
        }
      >
        {refused ? <ErrorBar message={refused.message} hint={refused.hint} /> : null}
      </Dialog>
    </div>
  );
}

function WorktreeRow({ entry, onRemove }: { entry: Entry; onRemove: () => void }) {
  const { runNumber, runId, runStatus, branch, path, sizeBytes, sizeWhole, createdAt, advice, why } = entry;
  const press = advice === 'archive' ? words.archiveShort : words.removeShort;
  return (
    <div className="flex items-center gap-12 border-t border-line px-12" style={{ height: rowHeight }}>
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="flex min-w-0 items-baseline gap-8">
          {runNumber === null ? (
            <span className="shrink-0 font-medium">{words.kinds[entry.kind]}</span>
          ) : (
            <Link
              location={to('run', { id: runId })}
              className="shrink-0 rounded-chip font-medium text-accent-text underline-offset-2 hover:underline"
            >
              {words.run(runNumber)}
            </Link>
          )}
          {runStatus === null ? null : (
            <span className="shrink-0 text-meta text-ink-2">{labels.runStatus[runStatus]}</span>
          )}
          <span className="min-w-0 text-meta text-ink-3">
            <Mono elide>{branch ?? path}</Mono>
          </span>
        </p>
        <p className="truncate text-meta text-ink-2" title={why}>
          {why}
        </p>
      </div>
      <span className="w-[72px] shrink-0 text-end text-meta text-ink-2 tabular-nums">
        {sizeWhole ? null : '≥ '}
        <Bytes value={sizeBytes} />
      </span>
      <Time at={createdAt} className="w-[84px] shrink-0 text-end text-meta text-ink-3" />
      <Button
        size="small"
        className="w-[96px]"
        unavailable={mayGo(entry) ? undefined : why}
        aria-label={words.ofWorktree(
          press,
          runNumber === null ? words.kinds[entry.kind] : words.run(runNumber),
        )}
        onClick={onRemove}
      >
        {press}
      </Button>
    </div>
  );
}
