import { ListTree } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { strings } from './strings.ts';

/** The list of files where there is no room for it beside the diff. */
export function FilesButton({
  count,
  list,
}: {
  count: number;
  /** Draws the list; a choice in it closes it. */
  list: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={strings.files.label}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" icon={ListTree}>
          {strings.files.count(count)}
        </Button>
      }
    >
      <div className="-m-12 flex h-[60vh] w-[360px] max-w-[80vw] flex-col">
        {list(() => {
          setOpen(false);
        })}
      </div>
    </Popover>
  );
}
