import { ChevronDown, ChevronRight } from 'lucide-react';
import { Checkbox } from '../../ui/checkbox.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Changes } from '../run/changes.tsx';
import type { DiffFile } from './diff-file.ts';
import { LeaveOutButton } from './leave-out-button.tsx';
import { strings } from './strings.ts';

const words = strings.diff;

/** Stands above the lines of a file, and stays in sight while they pass. */
export function FileHead({
  file,
  open,
  viewed,
  out,
  onToggle,
  onViewed,
  onLeaveOut,
}: {
  file: DiffFile;
  open: boolean;
  viewed: boolean;
  /** It is left out of what is applied. */
  out: boolean;
  onToggle: () => void;
  /** Absent where a diff is only read. */
  onViewed: ((viewed: boolean) => void) | undefined;
  onLeaveOut: (() => void) | undefined;
}) {
  return (
    <div className="group/head flex h-36 items-center gap-8 border-y border-line bg-surface px-8">
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
        <Mono elide className={out ? 'text-ink-3 line-through' : 'font-medium'}>
          {file.path}
        </Mono>
        {file.oldPath ? (
          <span className="truncate text-meta text-ink-3">{words.from(file.oldPath)}</span>
        ) : null}
      </span>
      <LeaveOutButton out={out} shown="group-hover/head:opacity-100" onPress={onLeaveOut} />
      <Changes additions={file.additions} deletions={file.deletions} className="text-meta" />
      {onViewed ? (
        <Checkbox
          checked={viewed}
          onCheckedChange={onViewed}
          label={<span className="text-meta">{words.viewed}</span>}
        />
      ) : null}
    </div>
  );
}
