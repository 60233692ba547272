import { UnfoldVertical } from 'lucide-react';
import { Markdown } from '../../ui/markdown.tsx';
import { Popover } from '../../ui/popover.tsx';
import type { AgentWords } from './agent-words.ts';
import type { RowReview } from './diff-row-props.ts';
import type { DiffRow } from './diff-rows.ts';
import { LeaveOutButton } from './leave-out-button.tsx';
import { strings } from './strings.ts';

const words = strings.diff;
type HunkRow = Extract<DiffRow, { kind: 'hunk' }>;

/** Stands above a hunk: what is hidden before it, where it is, what the agent said as it wrote it, and whether it is taken. */
export function HunkHead({ row, review }: { row: HunkRow; review: RowReview | undefined }) {
  const { file, hunk, gap, out } = row;
  const said = review?.said.get(hunk);
  const onLeaveOut = review?.onLeaveOut;
  return (
    <div className="group/hunk flex h-full items-center gap-12 bg-inset pe-8 ps-12 text-micro font-regular text-ink-3">
      {gap && !review ? <span className="shrink-0">{words.unchanged(hunk.skipped)}</span> : null}
      {gap && review ? (
        <GapButton
          label={words.showUnchanged(hunk.skipped)}
          text={words.unchanged(hunk.skipped)}
          onPress={() => {
            review.onGap(file, gap);
          }}
        />
      ) : null}
      <span className="max-w-[50%] min-w-0 truncate font-mono">{hunk.heading}</span>
      <span className="flex-1" />
      <LeaveOutButton
        out={out}
        shown="group-hover/hunk:opacity-100"
        onPress={
          onLeaveOut &&
          (() => {
            onLeaveOut(file, hunk);
          })
        }
      />
      {said ? <Said words={said} /> : null}
    </div>
  );
}

/** A button the height of the row it stands in; from the keyboard `e` does the same. */
export function GapButton({ label, text, onPress }: { label: string; text: string; onPress: () => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      title={label}
      onClick={onPress}
      className="inline-flex h-24 shrink-0 items-center gap-6 rounded-chip px-4 text-micro font-medium text-ink-2 hover:bg-hover hover:text-ink"
    >
      <UnfoldVertical aria-hidden size={14} strokeWidth={1.5} />
      {text}
    </button>
  );
}

/** One line of it here, the whole where it is asked for. */
function Said({ words: { text } }: { words: AgentWords }) {
  return (
    <Popover
      title={words.agentSaid}
      align="end"
      trigger={
        <button
          type="button"
          tabIndex={-1}
          className="min-w-0 shrink truncate rounded-chip px-4 text-end text-micro font-regular text-ink-2 hover:bg-hover hover:text-ink"
        >
          <span className="text-ink-3">{words.agent}</span> “{text.split('\n')[0]}”
        </button>
      }
    >
      <div className="max-h-[40vh] max-w-form overflow-y-auto text-body">
        <Markdown text={text} />
      </div>
    </Popover>
  );
}
