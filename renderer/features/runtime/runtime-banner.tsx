import { labels } from '../../../preload/contract/labels.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { useOverview, useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { AlertBar } from './alerts.tsx';
import { strings } from './strings.ts';
import { useHold } from './use-hold.ts';

const alertKinds: ReadonlySet<string> = new Set(Object.keys(labels.alertKind));

/** What the owner must know on every page: that everything is held, and what keeps the runtime or the chosen project from working. */
export function RuntimeBanner() {
  const overview = useOverview();
  const { project } = useShellState();
  const projects = useQuery('project.list', {}, { every: 1_000 }).data;
  const hold = useHold();
  const chosen = projects?.find(({ id }) => id === project);
  const all = overview?.problems ?? [];
  const alerted = all.some(({ tag }) => alertKinds.has(tag));
  const alerts = useQuery('alert.list', { open: true, limit: 5 }, { enabled: alerted }).data;
  // An alert that was read can be dismissed; until then its words alone are shown.
  const problems = alerts ? all.filter(({ tag }) => !alertKinds.has(tag)) : all;
  const open = alerted ? (alerts ?? []) : [];
  if (!overview?.heldAll && problems.length + open.length === 0 && !chosen?.problem) return null;
  return (
    <div className="flex shrink-0 flex-col gap-8 border-b border-line px-12 py-8">
      {open.map((alert) => (
        <AlertBar key={alert.id} alert={alert} />
      ))}
      {problems.map(({ tag, message, hint }) => (
        <ErrorBar key={`${tag} ${message}`} message={message} hint={hint} />
      ))}
      {chosen?.problem ? <ErrorBar message={strings.failed(chosen.name, chosen.problem)} /> : null}
      {overview?.heldAll ? (
        <ErrorBar
          kind="stale"
          message={strings.held}
          hint={strings.heldDetail(overview.paused, overview.queued)}
          actions={
            <Button
              size="small"
              onClick={() => {
                hold(false);
              }}
            >
              {strings.heldButton}
            </Button>
          }
        />
      ) : null}
    </div>
  );
}
