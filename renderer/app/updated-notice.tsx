import { Button } from '../ui/button.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { useShellState } from './shell-context.tsx';
import { strings } from './strings.ts';

const words = strings.updated;

/** A page that was left open over an update of its host goes on, and offers to be loaded anew when it suits. */
export function UpdatedNotice() {
  const { updatedTo } = useShellState();
  if (updatedTo === undefined) return null;
  return (
    <div className="flex shrink-0 items-center gap-8">
      <span role="status" className="text-meta text-ink-2 max-narrow:sr-only">
        {words.what}
      </span>
      <Tooltip content={words.detail(updatedTo)}>
        <Button
          size="small"
          aria-description={words.detail(updatedTo)}
          onClick={() => {
            window.location.reload();
          }}
        >
          {words.reload}
        </Button>
      </Tooltip>
    </div>
  );
}
