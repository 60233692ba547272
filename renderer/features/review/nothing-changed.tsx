import { FileDiff } from 'lucide-react';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { text } from '../run/event-payload.ts';
import { runIsOver } from '../run/run-look.ts';
import type { Run, RunDetail } from '../run/run-types.ts';
import { strings } from './strings.ts';

const words = strings.empty;

/** No change to read: says why, in the agent's own words where it ended by itself. */
export function NothingChanged({ detail: { run, lastSeq } }: { detail: RunDetail }) {
  const router = useRouter();
  const ended = run.status === 'completed' && !run.execution.dryRun;
  const { data } = useQuery(
    'run.events',
    { id: run.id, before: lastSeq + 1, limit: 50, types: ['message'] },
    { enabled: ended && lastSeq > 0 },
  );
  const last = data?.events.findLast(({ type }) => type === 'message');
  const said = last === undefined ? '' : text(last, 'text').trim();
  return (
    <EmptyState
      icon={FileDiff}
      title={runIsOver(run.status) ? words.title : words.notYet}
      detail={
        <>
          {whyOf(run)}
          {ended && said !== '' ? (
            <>
              {' '}
              {words.lastWords}
              <span className="mt-8 block whitespace-pre-line text-ink">
                “{said.length > 400 ? `${said.slice(0, 399)}…` : said}”
              </span>
            </>
          ) : null}
        </>
      }
      action={
        <Button
          onClick={() => {
            router.go(to('run', { id: run.id }));
          }}
        >
          {words.back}
        </Button>
      }
    />
  );
}

function whyOf(run: Run): string {
  switch (run.status) {
    case 'completed':
      return run.execution.dryRun ? words.dryRun : words.completed;
    case 'failed':
    case 'timeout':
      return run.error ?? words.failed;
    case 'blocked':
      return run.question ?? words.blocked;
    case 'draft':
    case 'queued':
      return words.notStarted;
    case 'running':
    case 'validating':
    case 'paused':
      return words.atWork;
    default:
      return words.stopped;
  }
}
