import { GitBranch, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Section } from '../proposal/section.tsx';
import type { Project } from './project.ts';
import { strings } from './strings.ts';

const words = strings.branches;
const atFirst = 10;
type Branch = OutputOf<'project.branches'>[number];

/** Branches Homer made that no worktree stands on any more. */
export function BranchList({ project }: { project: Project }) {
  const { data, failure, reread } = useQuery(
    'project.branches',
    { id: project.id },
    { watch: ['run'], every: 30_000 },
  );
  const [asking, setAsking] = useState<Branch>();
  const [whole, setWhole] = useState(false);
  const { busy, failure: refused, send } = useForm();
  const toast = useToast();
  const left = (data ?? []).filter(({ inUse }) => !inUse);
  const remove = async ({ name, commit, merged }: Branch): Promise<void> => {
    const reply = await send('project.deleteBranch', { id: project.id, name, commit, unmerged: !merged });
    reread();
    if (!reply.ok) return;
    setAsking(undefined);
    toast({ text: words.deleted(name) });
  };
  return (
    <Section
      title={words.title}
      aside={<span className="text-meta text-ink-3">{data ? left.length : ''}</span>}
    >
      {failure ? <ErrorBar message={words.failed} hint={failure.message} onRetry={reread} /> : null}
      {data && left.length === 0 ? <p className="text-ink-2">{words.none}</p> : null}
      <ul>
        {(whole ? left : left.slice(0, atFirst)).map((branch) => (
          <li key={branch.name} className="flex min-h-32 items-center gap-12">
            <GitBranch aria-hidden size={14} strokeWidth={1.5} className="shrink-0 text-ink-3" />
            <span className="max-w-[45%] min-w-0">
              <Mono elide>{branch.name}</Mono>
            </span>
            <span className="min-w-0 flex-1 truncate text-meta text-ink-2" title={branch.subject}>
              {branch.subject}
            </span>
            {branch.merged ? null : <Badge tone="attention">{words.unmerged}</Badge>}
            <Time at={branch.committedAt} className="w-[84px] shrink-0 text-end text-meta text-ink-3" />
            <IconButton
              icon={Trash2}
              size="small"
              label={words.remove(branch.name)}
              onClick={() => {
                setAsking(branch);
              }}
            />
          </li>
        ))}
      </ul>
      {!whole && left.length > atFirst ? (
        <Button
          size="small"
          variant="ghost"
          onClick={() => {
            setWhole(true);
          }}
        >
          {words.more(left.length - atFirst)}
        </Button>
      ) : null}
      <Dialog
        open={asking !== undefined}
        onOpenChange={() => {
          setAsking(undefined);
        }}
        title={words.ask(asking?.name ?? '')}
        description={asking?.merged ? words.askMerged : words.askUnmerged(asking?.commit.slice(0, 12) ?? '')}
        footer={
          <>
            <Button
              onClick={() => {
                setAsking(undefined);
              }}
            >
              {words.cancel}
            </Button>
            <Button
              variant="danger"
              busy={busy}
              onClick={() => {
                if (asking) void remove(asking);
              }}
            >
              {words.confirm}
            </Button>
          </>
        }
      >
        {refused ? <ErrorBar message={refused.message} hint={refused.hint} /> : null}
      </Dialog>
    </Section>
  );
}
