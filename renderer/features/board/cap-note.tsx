import { shownCap } from '../../../preload/contract/shown-cap.ts';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { strings } from './strings.ts';

/** What today cost of its cap, and the way to where that is explained; nothing where there is no cap to hold to. */
export function CapNote() {
  const router = useRouter();
  const { project } = useShellState();
  const { data } = useQuery('cost.today', {}, { every: 5_000 });
  const cap = data ? shownCap(data, project) : null;
  if (cap === null) return null;
  const tone = { fine: '', near: 'text-attention-text', spent: 'text-danger-text' }[cap.state];
  return (
    <Button
      variant="ghost"
      size="small"
      onClick={() => {
        router.go(to('accounts', {}));
      }}
    >
      <span className={tone === '' ? 'font-regular text-ink-2 tabular-nums' : `${tone} tabular-nums`}>
        {strings.cap[cap.state](cap.words, cap.name)}
      </span>
    </Button>
  );
}
