import { Markdown } from '../../ui/markdown.tsx';
import type { Run } from './run-types.ts';
import { strings } from './strings.ts';

/** What a run will do, in the place of the timeline it has not begun. */
export function RunBrief({ run }: { run: Run }) {
  const { shellCommand } = run.execution;
  return (
    <section
      aria-label={strings.callout.task}
      tabIndex={0}
      data-ring="inset"
      className="min-h-0 flex-1 overflow-y-auto px-12 py-16"
    >
      <div className="flex max-w-read flex-col gap-12 ps-28">
        <h2 className="text-meta font-medium text-ink-2">{strings.callout.task}</h2>
        <Markdown text={run.goalText} />
        {shellCommand ? (
          <>
            <h2 className="text-meta font-medium text-ink-2">{strings.callout.command}</h2>
            <pre
              translate="no"
              className="rounded-control border border-line bg-code-surface p-8 text-code whitespace-pre-wrap text-ink wrap-anywhere"
            >
              {shellCommand}
            </pre>
          </>
        ) : null}
        <p className="text-meta text-ink-3">{strings.timeline.begins}</p>
      </div>
    </section>
  );
}
