import { useRef, useState } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { labels } from '../../../preload/contract/labels.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useAppliedToast } from '../run/use-undo-apply.ts';
import { useHasTests } from '../run/use-has-tests.ts';
import type { Run } from '../run/run-types.ts';
import { ApplyFacts } from './apply-facts.tsx';
import type { Diff } from './diff-file.ts';
import { leftOutCounts } from './left-out.ts';
import { MergedTests } from './merged-tests.tsx';
import { strings, type ApplyStrategy } from './strings.ts';

const words = strings.apply;
const strategies = Object.keys(labels.applyStrategy) as ApplyStrategy[];

/** The decision, beside everything it rests on. */
export function ApplyDialog({
  run,
  diff,
  leftOut,
  onTakeAll,
  onAsk,
  onClose,
  onApplied,
}: {
  run: Run;
  diff: Diff;
  leftOut: Parameters<typeof leftOutCounts>[0];
  onTakeAll: () => void;
  /** Sends it back with the files that conflict. */
  onAsk: (conflicts: readonly string[]) => void;
  onClose: () => void;
  onApplied: () => void;
}) {
  const applied = useAppliedToast();
  const { busy, failure, send } = useForm();
  const wait = useRef<HTMLButtonElement>(null);
  const [strategy, setStrategy] = useState<ApplyStrategy>('merge');
  const look = useQuery(
    'run.previewApply',
    { id: run.id, strategy, ...(leftOut ? { leftOut } : {}) },
    { every: 2_000 },
  );
  const preview = look.data;
  const hasTests = useHasTests(run);
  const setting = useQuery('flag.list', {}).data?.find(({ key }) => key === 'workspace.test_before_apply');
  // Until it is chosen here the setting decides, and says so by the tick; what no test has seen is tested.
  const [testChoice, setTest] = useState<boolean>();
  const test = hasTests && (testChoice ?? (leftOut !== undefined || setting?.value === 'on'));
  const again = run.rolledBackCommit !== null;
  const title = again ? words.titleAgain : words.title;
  const conflicts = preview ? preview.conflicts : leftOut ? [] : diff.conflicts;
  const reason =
    preview?.blocked ??
    (conflicts.length > 0 ? { message: strings.conflict.title, hint: null } : null) ??
    (look.failure ? { message: look.failure.message, hint: look.failure.hint ?? null } : null);
  const blocked = reason?.message;
  const files = preview?.files ?? diff.files.length - leftOutCounts(leftOut).files;
  const submit = (): void => {
    if (busy || blocked !== undefined) return;
    const input = { id: run.id, version: run.version, strategy, ...(leftOut ? { leftOut } : {}) };
    void send('run.apply', testChoice === undefined ? input : { ...input, test }).then((reply) => {
      if (!reply.ok) return;
      applied(reply.value.run, diff.target);
      onApplied();
    });
  };
  useActions([
    {
      id: 'review.apply.confirm',
      title,
      group: strings.group,
      scope: 'dialog',
      keys: '$mod+Enter',
      listed: false,
      run: submit,
    },
  ]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      size="large"
      initialFocus={wait}
      footer={
        <>
          <Button ref={wait} onClick={onClose}>
            {words.cancel}
          </Button>
          <Button variant="primary" keys="$mod+Enter" busy={busy} unavailable={blocked} onClick={submit}>
            {words.confirm(files, diff.target)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-16">
        {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
        {failure?.tag === 'merged_tests_failed' ? <MergedTests failure={failure} /> : null}
        {reason && !failure ? (
          <ErrorBar
            kind="stale"
            message={reason.message}
            hint={conflicts.length > 0 ? `${strings.conflict.files} ${conflicts.join(', ')}` : reason.hint}
            actions={
              conflicts.length > 0 && !again ? (
                <Button
                  size="small"
                  onClick={() => {
                    onAsk(conflicts);
                  }}
                >
                  {strings.conflict.ask}
                </Button>
              ) : undefined
            }
          />
        ) : null}
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-baseline gap-x-16 gap-y-8">
          <dt className="text-ink-2">{words.strategy}</dt>
          <dd className="flex flex-col items-start gap-4">
            <Segmented
              label={words.strategy}
              value={strategy}
              onValueChange={setStrategy}
              segments={strategies.map((value) => ({ value, label: labels.applyStrategy[value] }))}
            />
            <span className="text-meta text-ink-2">{words.help(strategy, leftOut !== undefined)}</span>
          </dd>
          <ApplyFacts run={run} diff={diff} leftOut={leftOut} preview={preview} onTakeAll={onTakeAll} />
          <dt className="text-ink-2">{words.first}</dt>
          <dd>
            <Checkbox
              checked={test}
              onCheckedChange={setTest}
              disabled={!hasTests || busy}
              label={words.test}
              help={hasTests ? (leftOut ? words.testPart : words.testHelp) : words.noTests}
            />
          </dd>
        </dl>
        {busy && test ? (
          <p role="status" className="text-body text-ink-2">
            {words.testing}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
