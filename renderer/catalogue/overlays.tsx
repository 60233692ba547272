import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Markdown } from '../ui/markdown.tsx';
import { ContextMenu, Menu } from '../ui/menu.tsx';
import { Popover } from '../ui/popover.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useToast } from '../ui/toast.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { entries } from './entries.ts';
import { prose } from './prose.ts';
import { Form } from './form.tsx';

export function Overlays() {
  const [dialog, setDialog] = useState(false);
  const [sheet, setSheet] = useState(false);
  const toast = useToast();
  return (
    <>
      <Button
        onClick={() => {
          setDialog(true);
        }}
      >
        Dialog
      </Button>
      <Button
        onClick={() => {
          setSheet(true);
        }}
      >
        Sheet
      </Button>
      <Popover title="Popover" trigger={<Button>Popover</Button>}>
        <p className="text-body text-ink-2">More of one thing, near it.</p>
      </Popover>
      <Menu entries={entries} trigger={<Button>Menu</Button>} />
      <Menu entries={entries} trigger={<IconButton icon={MoreHorizontal} label="More actions" keys="." />} />
      <ContextMenu entries={entries}>
        <div className="rounded-control border border-dashed border-line px-12 py-4 text-meta text-ink-2">
          Right press here
        </div>
      </ContextMenu>
      <Tooltip content="Words for a control" keys="$mod+k">
        <Button>Tooltip</Button>
      </Tooltip>
      <Button
        onClick={() => {
          toast({ text: 'Moved to archive.', action: { label: 'Undo', run: () => undefined } });
        }}
      >
        Toast
      </Button>
      <Dialog
        open={dialog}
        onOpenChange={setDialog}
        title="Delete this file for good?"
        description="It has not been saved anywhere else."
        footer={
          <>
            <Button
              onClick={() => {
                setDialog(false);
              }}
            >
              Keep it
            </Button>
            <Button
              variant="danger"
              keys="$mod+Enter"
              onClick={() => {
                setDialog(false);
              }}
            >
              Delete
            </Button>
          </>
        }
      >
        <Form />
      </Dialog>
      <Sheet
        open={sheet}
        onOpenChange={setSheet}
        title="A peek"
        aside={<Badge tone="attention">Waiting</Badge>}
        footer={<Button variant="primary">Open</Button>}
      >
        <Markdown text={prose} onOpenLink={() => undefined} />
      </Sheet>
    </>
  );
}
