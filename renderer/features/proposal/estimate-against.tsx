import { useQuery } from '../../client/client-context.tsx';
import { cx } from '../../ui/cx.ts';
import { Time } from '../../ui/time.tsx';
import { againstQuota, goesOver, type Against } from './against-quota.ts';
import { formatCost } from './format-cost.ts';
import type { Plan } from './plan-summary.tsx';
import { strings } from './strings.ts';

const words = strings.against;
const percent = (share: number): string => `${String(Math.round(share * 100))} %`;

/** What the plan is expected to take of the day's caps and of the windows of the account whose turn it would be. */
export function EstimateAgainst({
  plan,
  projectId,
}: {
  readonly plan: Plan;
  readonly projectId: string | null;
}) {
  const project = useQuery('project.get', { id: projectId ?? '' }, { enabled: projectId !== null }).data;
  const executor = project?.defaultExecutor ?? '';
  const accounts = useQuery('account.list', { executor }, { enabled: executor !== '' }).data;
  const today = useQuery('cost.today', {}).data;
  if (!today || (executor !== '' && !accounts)) return null;
  const { account, others, rows } = againstQuota(plan, projectId, accounts ?? [], today.caps);
  const none = (accounts ?? []).length > 0 && account === undefined;
  if (rows.length === 0 && !none) return null;
  return (
    <section
      aria-label={words.title}
      className="grid grid-cols-[minmax(64px,auto)_minmax(48px,1fr)_auto] items-center gap-x-12 gap-y-4 border-t border-line pt-12 text-meta"
    >
      <h3 className="col-span-3 text-meta text-ink-3">
        {account ? words.with(account.label, others) : words.title}
      </h3>
      {rows.map((row) => (
        <Row key={row.key} row={row} />
      ))}
      {none ? <p className="col-span-3 text-attention-text">{words.none}</p> : null}
    </section>
  );
}

function Row({ row }: { readonly row: Against }) {
  const { kind, name, used, takes, endsAt, spentMicroUsd, limitMicroUsd } = row;
  const over = goesOver(row);
  const said =
    kind === 'cap' && limitMicroUsd !== null
      ? words.spent(formatCost(spentMicroUsd), formatCost(limitMicroUsd))
      : used === null
        ? words.unknown
        : words.used(percent(used));
  const taking =
    takes === null ? words.unknownTakes : over ? words.over(percent(takes)) : words.takes(percent(takes));
  const label = kind === 'cap' ? words.cap(name) : name.replaceAll('_', ' ');
  return (
    <div className="contents">
      <span className="truncate text-ink-2" title={label}>
        {label}
      </span>
      <span
        {...(used === null
          ? { role: 'img' }
          : {
              role: 'meter',
              'aria-valuemin': 0,
              'aria-valuemax': 100,
              'aria-valuenow': Math.round(Math.min(1, used) * 100),
              'aria-valuetext': `${said}, ${taking}`,
            })}
        aria-label={`${label}: ${said}, ${taking}`}
        className={cx(
          'relative block h-8 overflow-hidden rounded-chip',
          used === null ? 'border border-dashed border-control' : 'bg-inset',
        )}
      >
        {used === null ? null : (
          <>
            <span className="absolute inset-y-0 start-0 bg-neutral" style={{ width: percentOf(used) }} />
            {takes === null ? null : (
              <span
                className={cx('absolute inset-y-0', over ? 'bg-attention' : 'bg-running')}
                style={{ insetInlineStart: percentOf(used), width: percentOf(takes) }}
              />
            )}
          </>
        )}
      </span>
      <span className="text-end text-ink-2 tabular-nums">
        {said}
        <span className={over ? 'text-attention-text' : 'text-ink-3'}> · {taking}</span>
        {kind === 'window' && endsAt !== null ? (
          <span className="text-ink-3">
            {' '}
            · {words.resets} <Time at={endsAt} />
          </span>
        ) : null}
      </span>
    </div>
  );
}

function percentOf(share: number): string {
  return `${String(Math.min(100, Math.max(0, share * 100)))}%`;
}
