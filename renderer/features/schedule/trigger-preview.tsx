import { cx } from '../../ui/cx.ts';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { editorStrings as words } from './editor-strings.ts';
import { NextTimes } from './next-times.tsx';
import type { PreviewState } from './use-preview.ts';

/** The trigger in words with its next times, as it is typed. What is wrong with it stands under its field. */
export function TriggerPreview({ state, recurs }: { state: PreviewState; recurs: boolean }) {
  const { preview, failure, pending } = state;
  if (failure) return <ErrorBar kind="stale" message={words.previewFailed} hint={failure.message} />;
  const schedule = preview?.schedule;
  if (!recurs && !schedule) return null;
  return (
    <div
      role="group"
      aria-label={words.preview}
      // The height of five times, so that typing moves nothing below.
      className={cx(
        'rounded-control bg-inset px-12 py-8',
        recurs && 'min-h-[184px]',
        (pending || !schedule) && 'text-ink-3',
      )}
    >
      <p aria-live="polite" className="font-medium">
        {schedule ? schedule.words : words.preview}
      </p>
      {schedule ? (
        schedule.next.length > 0 ? (
          <div className="pt-4">
            <NextTimes schedule={schedule} />
          </div>
        ) : (
          <p className="pt-4 text-ink-2">{words.noTimes}</p>
        )
      ) : (
        <p className="pt-4">{words.previewEmpty}</p>
      )}
    </div>
  );
}
