import { CircleCheck } from 'lucide-react';
import { labels } from '../../../preload/contract/labels.ts';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { strings } from './strings.ts';

/** The newest decisions: what, who, where, when, and the way back while there is one. */
export function DoneList() {
  const { project } = useShellState();
  const { data, failure, reread } = useQuery('inbox.done', project ? { projectId: project } : {});
  const { busy, failure: refused, send } = useForm();
  const trouble = failure ?? refused;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      {trouble ? (
        <div className="p-12">
          <ErrorBar message={trouble.message} hint={trouble.hint} onRetry={reread} />
        </div>
      ) : null}
      {!data ? (
        failure ? null : (
          <SkeletonRows rows={6} />
        )
      ) : data.length === 0 ? (
        <EmptyState icon={CircleCheck} title={strings.noneDone} detail={strings.noneDoneDetail} />
      ) : (
        <ul aria-label={strings.lists.done} className="mx-auto max-w-[860px] px-16 py-8">
          {data.map((done) => (
            <li key={done.id} className="flex items-center gap-16 border-b border-line py-8 last:border-b-0">
              <span className="w-[112px] shrink-0 text-ink-2">
                {strings.did[done.action] ?? done.action.replaceAll('_', ' ')}
              </span>
              <span className="min-w-0 flex-1">
                <Link
                  location={to(done.entity, { id: done.entityId })}
                  className="block truncate font-medium hover:underline"
                >
                  {done.title}
                </Link>
                <span className="block truncate text-meta text-ink-2" title={done.reason ?? undefined}>
                  <span className="font-mono text-micro font-regular text-ink-3">{done.ref}</span>{' '}
                  {strings.by(done.actor, labels.channel[done.channel])}
                  {done.reason ? ` · ${done.reason}` : ''}
                </span>
              </span>
              <Time at={done.createdAt} className="shrink-0 text-meta text-ink-3 tabular-nums" />
              <span className="flex w-[64px] shrink-0 justify-end">
                {done.undo === null ? null : (
                  <Button
                    size="small"
                    busy={busy}
                    aria-label={`${strings.undo}: ${done.title}`}
                    onClick={() => {
                      void send('inbox.undo', { id: done.id });
                    }}
                  >
                    {strings.undo}
                  </Button>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
