import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import type { LineComment } from './review-marks.ts';
import { strings } from './strings.ts';

const words = strings.comments;

/** A comment under its line: written, kept, changed or taken away. */
export function LineCommentBox({
  comment,
  editing,
  draft,
  takesFocus,
  onFocused,
  onDraft,
  onEdit,
  onSave,
  onCancel,
  onRemove,
}: {
  comment: LineComment | undefined;
  editing: boolean;
  /** What was written before, in this window or in one since closed. */
  draft: string;
  /** The reader asked for it just now: one that was merely restored or scrolled to leaves the focus where it is. */
  takesFocus: boolean;
  onFocused: () => void;
  onDraft: (text: string) => void;
  onEdit: () => void;
  onSave: (text: string) => void;
  onCancel: () => void;
  onRemove: () => void;
}) {
  const [text, setText] = useState(draft || (comment?.text ?? ''));
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!editing || !takesFocus) return;
    field.current?.focus({ preventScroll: true });
    onFocused();
  }, [editing, takesFocus, onFocused]);
  const save = (): void => {
    if (text.trim() === '') onCancel();
    else onSave(text.trim());
  };
  return (
    <div className="border-y border-line bg-raised py-8 pe-12 ps-[100px]">
      {editing ? (
        <form
          className="flex max-w-form flex-col gap-8"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextArea
            ref={field}
            aria-label={words.field}
            placeholder={words.placeholder}
            value={text}
            onValueChange={(next) => {
              setText(next);
              onDraft(next);
            }}
            minRows={2}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
                event.preventDefault();
                save();
              } else if (event.key === 'Escape') {
                event.stopPropagation();
                onCancel();
              }
            }}
          />
          <div className="flex gap-8">
            <Button type="submit" size="small" keys="$mod+Enter">
              {words.save}
            </Button>
            <Button size="small" variant="ghost" onClick={onCancel}>
              {words.cancel}
            </Button>
          </div>
        </form>
      ) : (
        <div className="flex max-w-form items-start gap-8">
          <p className="min-w-0 flex-1 text-body whitespace-pre-wrap text-ink wrap-anywhere">
            <span className="sr-only">{words.mine}: </span>
            {comment?.text}
          </p>
          <Button size="small" variant="ghost" onClick={onEdit}>
            {words.edit}
          </Button>
          <Button size="small" variant="ghost" onClick={onRemove}>
            {words.remove}
          </Button>
        </div>
      )}
    </div>
  );
}
