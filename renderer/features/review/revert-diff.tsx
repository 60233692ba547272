import { useMemo, useState } from 'react';
import type { DiffFile } from './diff-file.ts';
import { DiffPane } from './diff-pane.tsx';
import { diffRows, type DiffLayout } from './diff-rows.ts';

const nothing: ReadonlySet<string> = new Set();
const noGaps: DiffLayout['gaps'] = new Map();
const ignore = (): void => undefined;

/** A diff to read and no more: what a roll-back would change. */
export function RevertDiff({ files }: { files: readonly DiffFile[] }) {
  const [cursor, setCursor] = useState(-1);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(nothing);
  const rows = useMemo(
    () =>
      diffRows(files, {
        split: false,
        hideWhitespace: false,
        toggled,
        viewed: nothing,
        commented: nothing,
        leftOut: {},
        gaps: noGaps,
      }),
    [files, toggled],
  );
  return (
    <DiffPane
      rows={rows}
      wrap
      viewed={nothing}
      cursor={cursor}
      onCursor={setCursor}
      onToggle={(path) => {
        setToggled((held) => {
          const next = new Set(held);
          if (!next.delete(path)) next.add(path);
          return next;
        });
      }}
      onFileInView={ignore}
    />
  );
}
