import { Maximize2 } from 'lucide-react';
import { useActions } from '../../app/actions-context.tsx';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { IntentFacts } from './intent-facts.tsx';
import type { IntentDetail, IntentRow } from './intent-types.ts';
import { strings } from './strings.ts';

const words = strings.peek;

export interface IntentPeekProps {
  /** Undefined: closed. */
  readonly row: IntentRow | undefined;
  readonly onClose: () => void;
  readonly onStep: (by: number) => void;
}

/** A look at one intent beside the list: its rule in words, its next times, and what is done then. */
export function IntentPeek({ row, onClose, onStep }: IntentPeekProps) {
  const router = useRouter();
  const { data, failure, reread } = useQuery(
    'intent.get',
    { id: row?.id ?? '' },
    { enabled: row !== undefined },
  );
  const open = (): void => {
    if (row) router.go(to('intent', { id: row.id }));
  };
  return (
    <Sheet
      open={row !== undefined}
      onOpenChange={(shown) => {
        if (!shown) onClose();
      }}
      title={row?.name ?? words.title}
      aside={row ? <IconButton icon={Maximize2} label={words.open} keys="Enter" onClick={open} /> : null}
    >
      {row && data?.intent.id === row.id ? (
        <Peeked detail={data} onOpen={open} onClose={onClose} onStep={onStep} />
      ) : failure ? (
        <ErrorBar message={strings.page.failure} hint={failure.message} onRetry={reread} />
      ) : row ? (
        <SkeletonRows rows={8} label={strings.loading} />
      ) : null}
    </Sheet>
  );
}

function Peeked({
  detail,
  onOpen,
  onClose,
  onStep,
}: Omit<IntentPeekProps, 'row'> & { readonly detail: IntentDetail; readonly onOpen: () => void }) {
  const base = { group: strings.group, scope: 'popover' } as const;
  useActions([
    {
      ...base,
      id: 'peek.next',
      title: strings.actions.next,
      keys: ['j', 'ArrowDown'],
      run: () => {
        onStep(1);
      },
    },
    {
      ...base,
      id: 'peek.previous',
      title: strings.actions.previous,
      keys: ['k', 'ArrowUp'],
      run: () => {
        onStep(-1);
      },
    },
    { ...base, id: 'peek.page', title: words.open, keys: 'Enter', run: onOpen },
    { ...base, id: 'peek.close', title: words.close, keys: 'Space', run: onClose },
  ]);
  return (
    <div className="flex min-w-0 flex-col">
      <p className="pb-12 text-ink-2">
        {detail.schedule.words} · {detail.projectName}
      </p>
      <IntentFacts detail={detail} />
    </div>
  );
}
