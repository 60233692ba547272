import { Clock } from 'lucide-react';
import { Link, useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { ReadState } from '../../ui/read-state.tsx';
import { Time } from '../../ui/time.tsx';
import { RowList } from './row-list.tsx';
import { strings } from './strings.ts';

/** What was snoozed, with when it comes back and the way to have it now. */
export function SnoozedList() {
  const router = useRouter();
  const { project } = useShellState();
  const query = useQuery('inbox.snoozed', project ? { projectId: project } : {});
  const { busy, failure, send } = useForm();
  const bringBack = ({ key, version }: { readonly key: string; readonly version: number }): void => {
    void send('inbox.unsnooze', { key, version });
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {failure ? (
        <div className="p-12">
          <ErrorBar message={failure.message} hint={failure.hint} />
        </div>
      ) : null}
      <ReadState query={query} failed={strings.failedSnoozed}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={Clock} title={strings.noneSnoozed} detail={strings.noneSnoozedDetail} />
          ) : (
            <RowList
              label={strings.lists.snoozed}
              items={items}
              keyOf={({ key }) => key}
              onOpen={({ entity, entityId }) => {
                router.go(to(entity, { id: entityId }));
              }}
              act={{
                id: 'inbox.bringBack',
                title: strings.bringBack,
                keys: 'b',
                against: () => undefined,
                run: bringBack,
              }}
              renderRow={(item) => (
                <>
                  <span className="w-[112px] shrink-0 text-ink-2">{strings.kind[item.kind]}</span>
                  <span className="min-w-0 flex-1">
                    <Link
                      location={to(item.entity, { id: item.entityId })}
                      className="block truncate font-medium hover:underline"
                      title={item.title}
                    >
                      {item.title}
                    </Link>
                    <span className="block font-mono text-micro font-regular text-ink-3">
                      {item.ref}
                      {item.projectName ? ` · ${item.projectName}` : ''}
                    </span>
                  </span>
                  <span className="shrink-0 text-meta text-ink-2 tabular-nums">
                    {strings.back} <Time at={item.snoozedUntil} />
                  </span>
                  <Button
                    size="small"
                    busy={busy}
                    aria-label={`${strings.bringBack}: ${item.title}`}
                    onClick={() => {
                      bringBack(item);
                    }}
                  >
                    {strings.bringBack}
                  </Button>
                </>
              )}
            />
          )
        }
      </ReadState>
    </div>
  );
}
