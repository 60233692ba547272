import { Maximize2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { CopyButton } from './copy-button.tsx';
import { strings } from './strings.ts';

const words = strings.inspector;
const shownLines = 40;
/** From here on the panel is a narrow place to read it. */
const longLines = 8;

/** Text as a terminal would show it: the last lines first, all of it in a sheet, and a copy of it. */
export function OutputBlock({
  text,
  from = 'end',
  title = words.output,
  className,
}: {
  text: string;
  from?: 'start' | 'end';
  /** Heads the sheet. */
  title?: string;
  className?: string | undefined;
}) {
  const [open, setOpen] = useState(false);
  const clean = stripControls(text).trimEnd();
  if (clean === '') return <p className="text-meta text-ink-3">{words.noOutput}</p>;
  const lines = clean.split('\n');
  const cut = lines.length > shownLines;
  const shown = cut ? (from === 'end' ? lines.slice(-shownLines) : lines.slice(0, shownLines)) : lines;
  return (
    <div className="flex min-w-0 flex-col gap-8">
      {cut ? (
        <p className="text-meta text-ink-2">
          {from === 'end'
            ? words.lastLines(shownLines, lines.length)
            : words.firstLines(shownLines, lines.length)}
        </p>
      ) : null}
      <div className="relative min-w-0">
        <Pre text={shown.join('\n')} className={cx('max-h-[60vh] pe-36', className)} />
        <span className="absolute end-4 top-4 flex bg-code-surface">
          <CopyButton label={words.copy} value={() => clean} small />
        </span>
      </div>
      {lines.length > longLines ? (
        <div>
          <Button
            size="small"
            icon={Maximize2}
            onClick={() => {
              setOpen(true);
            }}
          >
            {words.openFull}
          </Button>
        </div>
      ) : null}
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title={title}
        size="wide"
        modal
        aside={<span className="text-meta text-ink-2 tabular-nums">{words.lines(lines.length)}</span>}
        footer={<CopyButton label={words.copy} value={() => clean} />}
      >
        <Pre text={clean} />
      </Sheet>
    </div>
  );
}

function Pre({ text, className }: { text: string; className?: string | undefined }) {
  return (
    <pre
      translate="no"
      tabIndex={0}
      data-ring="inset"
      aria-label={words.output}
      className={cx(
        'overflow-auto rounded-control border border-line bg-code-surface p-8 text-code whitespace-pre-wrap text-ink wrap-anywhere',
        className,
      )}
    >
      {text}
    </pre>
  );
}

/** Colour codes and the like mean nothing here. */
function stripControls(text: string): string {
  return text.replaceAll(/\u001b\[[\d;?]*[A-Za-z]|[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
}
