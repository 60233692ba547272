import type { OutputOf } from '../../../preload/contract/operations.ts';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ReadState } from './read-state.tsx';
import { strings } from './strings.ts';

const words = strings.permissions;
const limit = 200;
type Grant = OutputOf<'grant.list'>[number];

/** Who may do what, for which intent, until when and since which run; revoked with a press, and given back with the next. */
export function PermissionsSection() {
  const grants = useQuery('grant.list', { limit });
  const command = useCommand();
  const toast = useToast();
  const revoke = async ({ id, tool, intentName }: Grant): Promise<void> => {
    const reply = await command('grant.revoke', { id });
    grants.reread();
    if (!reply.ok) return;
    toast({
      text: words.revoked(tool, intentName),
      action: {
        label: 'Undo',
        run: () =>
          void command('grant.restore', { id }).then(() => {
            grants.reread();
          }),
      },
    });
  };
  return (
    <>
      <p className="text-ink-2">{words.help}</p>
      <ReadState query={grants}>
        {(list) =>
          list.length === 0 ? (
            <p className="text-ink-2">{words.none}</p>
          ) : (
            <>
              <ul aria-label={words.list} className="flex flex-col">
                {list.map((grant) => (
                  <GrantRow key={grant.id} grant={grant} revoke={() => void revoke(grant)} />
                ))}
              </ul>
              {list.length < limit ? null : <p className="text-meta text-ink-3">{words.more(limit)}</p>}
            </>
          )
        }
      </ReadState>
    </>
  );
}

function GrantRow({ grant, revoke }: { grant: Grant; revoke: () => void }) {
  return (
    <li className="flex items-start gap-12 border-b border-line py-8 last:border-b-0">
      <div className="flex min-w-0 flex-1 flex-col gap-4">
        <p className="text-meta text-ink-2">
          <span className="text-body font-medium text-ink">{grant.tool}</span> ·{' '}
          <Link location={to('intent', { id: grant.intentId })} className="underline">
            {grant.intentName}
          </Link>{' '}
          · {grant.projectName}
        </p>
        <pre className="max-h-[120px] overflow-auto font-mono text-mono whitespace-pre-wrap wrap-anywhere text-ink">
          {grant.text}
        </pre>
        <p className="text-meta text-ink-2">
          {words.ends} <Time at={grant.expiresAt} />
          {grant.once ? `, ${words.once}` : ''} · {words.from}{' '}
          <Link location={to('run', { id: grant.runId })} className="underline">
            #{grant.runNumber}
          </Link>{' '}
          · {words.by(grant.grantedBy)} <Time at={grant.createdAt} /> · {words.uses(grant.uses)}
          {grant.lastUsedAt === null ? null : (
            <>
              , {words.last} <Time at={grant.lastUsedAt} />
            </>
          )}
        </p>
      </div>
      <Button size="small" aria-label={words.revokeOf(grant.tool, grant.intentName)} onClick={revoke}>
        {words.revoke}
      </Button>
    </li>
  );
}
