import { Activity, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { RunFilter } from './run-types.ts';
import { runsWords } from './runs-words.ts';
import { strings } from './strings.ts';

const words = strings.list;

/** A list without runs: why it is empty, and what to do next. */
export function NoRuns({ show, action }: { show: RunFilter; action: ReactNode }) {
  const router = useRouter();
  return (
    <EmptyState
      icon={Activity}
      title={words.empty[show]}
      detail={words.empty[`${show}Detail`]}
      action={
        show === 'all' || show === 'active' ? (
          <>
            {action}
            <Button
              onClick={() => {
                router.go(to('board', {}));
              }}
            >
              {words.empty.board}
            </Button>
          </>
        ) : undefined
      }
    />
  );
}

/** Nothing matches what was typed or chosen; where other lists hold some, they are a press away. */
export function NoMatch({
  search,
  elsewhere,
  onAll,
  onClear,
}: {
  search: string;
  /** How many match in all runs, where this is not that list. */
  elsewhere: number;
  onAll: () => void;
  onClear: () => void;
}) {
  return (
    <EmptyState
      icon={SearchX}
      title={runsWords.none.title}
      detail={search === '' ? runsWords.none.detail : runsWords.none.words(search)}
      action={
        <>
          {elsewhere > 0 ? <Button onClick={onAll}>{runsWords.none.elsewhere(elsewhere)}</Button> : null}
          <Button keys="Escape" onClick={onClear}>
            {runsWords.none.clear}
          </Button>
        </>
      }
    />
  );
}

/** No run stands behind a point of a chart any more. */
export function NoneBehind() {
  return <EmptyState icon={Activity} title={words.behind.none} detail={words.behind.noneDetail} />;
}
