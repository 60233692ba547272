import { ChevronDown, ChevronRight } from 'lucide-react';
import { Checkbox } from '../../ui/checkbox.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Changes } from '../run/changes.tsx';
import type { DiffFile } from './diff-rows.ts';
import { strings } from './strings.ts';

const words = strings.diff;

/** Stands above the lines of a file, and stays in sight while they pass. */
export function FileHead({
  file,
  open,
  viewed,
  onToggle,
  onViewed,
}: {
  file: DiffFile;
  open: boolean;
  viewed: boolean;
  onToggle: () => void;
  onViewed: (viewed: boolean) => void;
}) {
  return (
    <div className="flex h-36 items-center gap-8 border-y border-line bg-surface px-8">
      <IconButton
        icon={open ? ChevronDown : ChevronRight}
        size="small"
        label={`${open ? words.hide : words.expand} ${file.path}`}
        tabIndex={-1}
        onClick={onToggle}
      />
      <span
        title={strings.files.change[file.change]}
        className="w-12 shrink-0 text-center font-mono text-meta text-ink-3"
      >
        {strings.files.letter[file.change]}
      </span>
      <span className="flex min-w-0 flex-1 items-baseline gap-8">
        <Mono elide className="font-medium">
          {file.path}
        </Mono>
        {file.oldPath ? (
          <span className="truncate text-meta text-ink-3">{words.from(file.oldPath)}</span>
        ) : null}
      </span>
      <Changes additions={file.additions} deletions={file.deletions} className="text-meta" />
      <Checkbox
        checked={viewed}
        onCheckedChange={onViewed}
        label={<span className="text-meta">{words.viewed}</span>}
      />
    </div>
  );
}
