import { ActionButton } from '../../app/actions-context.tsx';
import { Button } from '../../ui/button.tsx';
import { strings } from './strings.ts';

const words = strings.footer;

/** What the reader has gathered while reading, beside where it goes. */
export function ReviewFooter({
  comments,
  leftOut,
  onTakeAll,
}: {
  comments: number;
  leftOut: { readonly files: number; readonly hunks: number };
  onTakeAll: () => void;
}) {
  return (
    <div
      role="group"
      aria-label={words.label}
      className="flex min-h-40 shrink-0 flex-wrap items-center gap-x-12 gap-y-4 border-t border-line bg-surface px-12 py-6 text-meta"
    >
      <span className={comments > 0 ? 'font-medium text-ink' : 'text-ink-3'}>
        {comments > 0 ? strings.comments.count(comments) : words.noComments}
      </span>
      <ActionButton id="review.send-back" size="small" />
      {leftOut.files + leftOut.hunks > 0 ? (
        <span className="inline-flex items-center gap-8 font-medium text-ink">
          {words.leftOut(leftOut.files, leftOut.hunks)}
          <Button size="small" variant="ghost" onClick={onTakeAll}>
            {words.takeAll}
          </Button>
        </span>
      ) : null}
      <span className="ms-auto inline-flex">
        <ActionButton id="review.discard" size="small" variant="ghost" />
      </span>
    </div>
  );
}
