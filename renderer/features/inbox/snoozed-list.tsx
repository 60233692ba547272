import { Clock } from 'lucide-react';
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

/** What was snoozed, with when it comes back and the way to have it now. */
export function SnoozedList() {
  const { project } = useShellState();
  const { data, failure, reread } = useQuery('inbox.snoozed', project ? { projectId: project } : {});
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
          <SkeletonRows rows={4} />
        )
      ) : data.items.length === 0 ? (
        <EmptyState icon={Clock} title={strings.noneSnoozed} detail={strings.noneSnoozedDetail} />
      ) : (
        <ul aria-label={strings.lists.snoozed} className="mx-auto max-w-[860px] px-16 py-8">
          {data.items.map((item) => (
            <li key={item.key} className="flex items-center gap-16 border-b border-line py-8 last:border-b-0">
              <span className="w-[96px] shrink-0 text-ink-2">{strings.kind[item.kind]}</span>
              <span className="min-w-0 flex-1">
                <Link
                  location={to(item.entity, { id: item.entityId })}
                  className="block truncate font-medium hover:underline"
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
                  void send('inbox.unsnooze', { key: item.key, version: item.version });
                }}
              >
                {strings.bringBack}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
