import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { strings } from './strings.ts';

const words = strings.inspector;
const shownLines = 40;

/** Text as a terminal would show it: the last lines first, the rest on demand. */
export function OutputBlock({
  text,
  from = 'end',
  className,
}: {
  text: string;
  from?: 'start' | 'end';
  className?: string | undefined;
}) {
  const [all, setAll] = useState(false);
  const clean = stripControls(text).trimEnd();
  if (clean === '') return <p className="text-meta text-ink-3">{words.noOutput}</p>;
  const lines = clean.split('\n');
  const cut = !all && lines.length > shownLines;
  const shown = cut ? (from === 'end' ? lines.slice(-shownLines) : lines.slice(0, shownLines)) : lines;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {cut ? (
        <div className="flex items-center justify-between gap-8 text-meta text-ink-2">
          {from === 'end' ? words.lastLines(shownLines) : null}
          <Button
            size="small"
            variant="ghost"
            onClick={() => {
              setAll(true);
            }}
          >
            {words.openFull} ({lines.length.toLocaleString('en')})
          </Button>
        </div>
      ) : null}
      <pre
        translate="no"
        tabIndex={0}
        data-ring="inset"
        aria-label={words.output}
        className={cx(
          'max-h-[60vh] overflow-auto rounded-control border border-line bg-code-surface p-8 text-code whitespace-pre-wrap text-ink wrap-anywhere',
          className,
        )}
      >
        {shown.join('\n')}
      </pre>
    </div>
  );
}

/** Colour codes and the like mean nothing here. */
function stripControls(text: string): string {
  return text.replaceAll(/\u001b\[[\d;?]*[A-Za-z]|[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
}
