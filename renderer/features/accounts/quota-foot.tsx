import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { QuotaLine, useQuota } from './quota-line.tsx';
import { strings } from './strings.ts';

/** At the foot of the sidebar: how much of the account at work is used. Nothing, while nobody knows. */
export function QuotaFoot({ collapsed }: { collapsed: boolean }) {
  const quota = useQuota();
  if (!quota) return null;
  const link = (
    <Link
      location={to('accounts', {})}
      className="block rounded-control px-8 py-6 hover:bg-hover"
      // Open, its own words are its name: a voice that reads them out can press it by them.
      aria-label={collapsed ? strings.foot(quota.label, Math.round(quota.used * 100)) : undefined}
    >
      <QuotaLine quota={quota} small={collapsed} />
    </Link>
  );
  return collapsed ? (
    <Tooltip content={quota.label} side="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}
