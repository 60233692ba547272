import { labels } from '../../../preload/contract/labels.ts';
import { useActions } from '../../app/actions-context.tsx';
import { useClient } from '../../client/client-context.tsx';
import { useReached } from '../../client/use-reached.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Time } from '../../ui/time.tsx';
import { useGrantMenu } from './grant-menu.tsx';
import type { RunDetail } from './run-types.ts';
import { strings } from './strings.ts';

const words = strings.permission;
type Choice = 'allow' | 'allow_intent' | 'deny';

/** What an agent asks to be allowed: the tool, what it would do, the risk, and the three answers. The first of several, as the run has them. */
export function PermissionForm({
  asks,
  keys,
  inert,
}: {
  asks: NonNullable<RunDetail['asks']>;
  keys: boolean;
  /** Why nothing can be decided just now. */
  inert?: string | undefined;
}) {
  const { touch } = useClient();
  const { busy, failure, send } = useForm();
  const reached = useReached();
  const against = reached ? inert : words.lost;
  const asked = asks.find(({ kind }) => kind === 'permission');
  const decide = (choice: Choice, until?: string): void => {
    if (!asked || busy || against !== undefined) return;
    void send('permission.decide', { id: asked.id, choice, ...(until === undefined ? {} : { until }) }).then(
      () => {
        touch('run', asked.runId);
      },
    );
  };
  const forIntent = useGrantMenu({ busy, against }, (until) => decide('allow_intent', until));
  const wait = asked && keys ? against : words.nothing;
  const base = { group: words.group, scope: 'view', unavailable: wait } as const;
  useActions([
    { ...base, id: 'permission.allow', title: words.allow, keys: 'a', run: () => decide('allow') },
    { ...base, id: 'permission.deny', title: words.deny, keys: 'x', run: () => decide('deny') },
  ]);
  if (!asked) return null;
  return (
    <div className="flex flex-col gap-8">
      <p className="text-meta text-ink-2">
        {asked.tool}
        {asked.risk === null ? '' : ` · ${words.risk(labels.risk[asked.risk], asked.riskNote)}`}
      </p>
      <pre className="max-h-240 overflow-auto font-mono text-mono whitespace-pre-wrap wrap-anywhere text-ink">
        {asked.text}
      </pre>
      <div role="group" aria-label={words.group} className="flex flex-wrap items-center gap-8">
        <Button variant="primary" keys="a" busy={busy} unavailable={against} onClick={() => decide('allow')}>
          {words.allow}
        </Button>
        {forIntent.menu}
        <Button keys="x" busy={busy} unavailable={against} onClick={() => decide('deny')}>
          {words.deny}
        </Button>
        {asked.expiresAt === null ? null : (
          <span className="text-meta text-ink-3">
            {words.expires} <Time at={asked.expiresAt} />
          </span>
        )}
      </div>
      {forIntent.form}
      {asks.length > 1 ? <p className="text-meta text-ink-3">{words.more(asks.length - 1)}</p> : null}
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
    </div>
  );
}
