import { useState, type ReactNode } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useRowHeight } from '../../app/shell-context.tsx';
import { useClient, useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Bytes } from '../../ui/bytes.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { formatBytes } from '../../ui/format-time.ts';
import { Mono } from '../../ui/mono.tsx';
import { ReadState } from '../../ui/read-state.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { ArchiveList } from './archive-list.tsx';
import { BranchList } from './branch-list.tsx';
import type { Project } from './project.ts';
import { strings } from './strings.ts';

const words = strings.worktrees;
type Entry = OutputOf<'workspace.list'>['worktrees'][number];
const few = 12;

/** May go when its owner names it. */
function mayGo({ advice }: Entry): boolean {
  return advice === 'remove' || advice === 'archive';
}

/** Folders Homer works in, branches and archives that were left: how large and old they are, and what may be done with them. */
export function WorktreesPart({ project }: { project: Project }) {
  const { queries } = useClient();
  const input = { projectId: project.id };
  const query = useQuery('workspace.list', input, {
    watch: ['run'],
    every: 30_000,
  });
  const { data, reread } = query;
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
      <ReadState query={query} failed={words.failed} barClassName="pb-12">
        {({ worktrees: all, shortage, totalBytes }) => (
          <>
            {shortage ? <ErrorBar kind="stale" message={shortage} /> : null}
            <header className="flex min-h-28 flex-wrap items-center gap-x-12 gap-y-4 pb-8">
              <h3 className="font-strong">{words.title}</h3>
              <span className="flex-1 text-meta text-ink-2 tabular-nums">
                {words.total(all.length)} · <Bytes value={totalBytes} />
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
              <Rows
                items={all}
                onRemove={(entry) => {
                  setAsking([entry]);
                }}
              />
            ) : null}
          </>
        )}
      </ReadState>
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

/** A few stand as they are; of many only those in sight are drawn. */
function Rows({ items, onRemove }: { items: readonly Entry[]; onRemove: (entry: Entry) => void }) {
  const rowHeight = useRowHeight();
  const row = (entry: Entry): ReactNode => (
    <WorktreeRow
      entry={entry}
      onRemove={() => {
        onRemove(entry);
      }}
    />
  );
  if (items.length <= few)
    return (
      <ul aria-label={words.title} className="-mx-12 pb-16">
        {items.map((entry) => (
          <li key={entry.runId}>{row(entry)}</li>
        ))}
      </ul>
    );
  return (
    <div className="-mx-12 mb-16 flex h-[420px] flex-col border-b border-line">
      <VirtualList
        kind="list"
        label={words.title}
        items={items}
        itemKey={({ runId }) => runId}
        rowHeight={rowHeight + 26}
        renderRow={row}
      />
    </div>
  );
}

function WorktreeRow({ entry, onRemove }: { entry: Entry; onRemove: () => void }) {
  const { runNumber, runId, runStatus, branch, path, sizeBytes, sizeWhole, createdAt, advice, why } = entry;
  const press = advice === 'archive' ? words.archiveShort : words.removeShort;
  return (
    <div className="grid min-h-[calc(var(--spacing-row)+26px)] grid-cols-[minmax(0,1fr)_auto] items-center gap-x-12 gap-y-2 border-t border-line px-12 py-row-pad min-[560px]:grid-cols-[minmax(0,1fr)_72px_84px_96px]">
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
        <p className="text-meta text-pretty text-ink-2">{why}</p>
      </div>
      <span className="text-end text-meta text-ink-2 tabular-nums max-[559px]:hidden">
        {sizeWhole ? null : '≥ '}
        <Bytes value={sizeBytes} />
      </span>
      <Time at={createdAt} className="text-end text-meta text-ink-3 max-[559px]:hidden" />
      <Button
        size="small"
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
