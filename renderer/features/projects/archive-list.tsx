import { useClient, useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Bytes } from '../../ui/bytes.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Section } from '../proposal/section.tsx';
import type { Project } from './project.ts';
import { strings } from './strings.ts';

const words = strings.archives;

/** Uncommitted work of worktrees that are gone: where it is, how long it is kept, and how it comes back. */
export function ArchiveList({ project }: { project: Project }) {
  const { queries } = useClient();
  const { data, failure, reread } = useQuery('archive.list', {}, { watch: ['run'], every: 30_000 });
  const { busy, failure: refused, send } = useForm();
  const toast = useToast();
  const own = (data ?? []).filter(({ projectName }) => projectName === project.name).toReversed();
  const restore = async (id: string): Promise<void> => {
    const reply = await send('archive.restore', { id });
    if (!reply.ok) return;
    queries.reread('project.branches', { id: project.id });
    toast({ text: words.restored(reply.value.branch) });
  };
  return (
    <Section
      title={words.title}
      aside={<span className="text-meta text-ink-3">{data ? own.length : ''}</span>}
    >
      {failure ? <ErrorBar message={words.failed} hint={failure.message} onRetry={reread} /> : null}
      {refused ? <ErrorBar message={refused.message} hint={refused.hint} /> : null}
      {data && own.length === 0 ? <p className="text-ink-2">{words.none}</p> : null}
      <ul>
        {own.map(({ id, runNumber, files, sizeBytes, createdAt, expiresAt, path }) => (
          <li key={id} className="flex min-h-[48px] items-center gap-12 py-4">
            <div className="flex min-w-0 flex-1 flex-col gap-2">
              <p className="flex flex-wrap items-baseline gap-x-12 text-meta text-ink-2">
                <span className="text-body font-medium text-ink">
                  {runNumber === null ? words.unknownRun : strings.worktrees.run(runNumber)}
                </span>
                {files === null ? null : <span>{words.files(files)}</span>}
                <Bytes value={sizeBytes} />
                <Time at={createdAt} />
                <span>{expiresAt === null ? words.forEver : words.until(expiresAt.slice(0, 10))}</span>
              </p>
              <span className="text-meta text-ink-3">
                <Mono elide>{path}</Mono>
              </span>
            </div>
            <Button size="small" busy={busy} onClick={() => void restore(id)}>
              {words.restore}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
