import { CircleCheck } from 'lucide-react';
import { labels } from '../../../preload/contract/labels.ts';
import { Link, useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { ReadList } from '../../ui/read-state.tsx';
import { Time } from '../../ui/time.tsx';
import { RowList } from './row-list.tsx';
import { strings } from './strings.ts';

/** The newest decisions: what, who, where, when, and the way back while there is one. */
export function DoneList() {
  const router = useRouter();
  const { project } = useShellState();
  const query = useQuery('inbox.done', project ? { projectId: project } : {});
  const { busy, failure, send } = useForm();
  const undo = ({ id }: { readonly id: string }): void => {
    void send('inbox.undo', { id });
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {failure ? (
        <div className="p-12">
          <ErrorBar message={failure.message} hint={failure.hint} />
        </div>
      ) : null}
      <ReadList
        query={query}
        failed={strings.failedDone}
        rows={6}
        empty={<EmptyState icon={CircleCheck} title={strings.noneDone} detail={strings.noneDoneDetail} />}
      >
        {(items) => (
          <RowList
            label={strings.lists.done}
            items={items}
            keyOf={({ id }) => id}
            onOpen={({ entity, entityId }) => {
              router.go(to(entity, { id: entityId }));
            }}
            act={{
              id: 'inbox.undo',
              title: strings.undoThis,
              keys: 'u',
              against: (done) => (done.undo === null ? strings.notUndone : undefined),
              run: undo,
            }}
            renderRow={(done) => (
              <>
                <span className="w-[112px] shrink-0 text-ink-2">
                  {strings.did[done.action] ?? done.action.replaceAll('_', ' ')}
                </span>
                <span className="min-w-0 flex-1">
                  <Link
                    location={to(done.entity, { id: done.entityId })}
                    className="block truncate font-medium hover:underline"
                    title={done.title}
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
                        undo(done);
                      }}
                    >
                      {strings.undo}
                    </Button>
                  )}
                </span>
              </>
            )}
          />
        )}
      </ReadList>
    </div>
  );
}
