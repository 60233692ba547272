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
import { useToast } from '../../ui/toast.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Changes } from '../run/changes.tsx';
import type { Run } from '../run/run-types.ts';
import type { Diff } from './diff-rows.ts';
import { useHasTests } from '../run/use-has-tests.ts';
import { MergedTests } from './merged-tests.tsx';
import { strings, type ApplyStrategy } from './strings.ts';
import { TestVerdict } from './test-verdict.tsx';

const words = strings.apply;
const strategies = Object.keys(labels.applyStrategy) as ApplyStrategy[];

/** The decision, beside everything it rests on. */
export function ApplyDialog({
  run,
  diff,
  onClose,
  onApplied,
}: {
  run: Run;
  diff: Diff;
  onClose: () => void;
  onApplied: () => void;
}) {
  const toast = useToast();
  const { busy, failure, send } = useForm();
  const wait = useRef<HTMLButtonElement>(null);
  const [strategy, setStrategy] = useState<ApplyStrategy>('merge');
  const hasTests = useHasTests(run);
  const setting = useQuery('flag.list', {}).data?.find(({ key }) => key === 'workspace.test_before_apply');
  // Until it is chosen here the setting decides, and says so by the tick.
  const [testChoice, setTest] = useState<boolean>();
  const test = hasTests && (testChoice ?? setting?.value === 'on');
  const again = run.rolledBackCommit !== null;
  const title = again ? words.titleAgain : words.title;
  const blocked = diff.blockedBy ?? (diff.conflicts.length > 0 ? strings.conflict.title : undefined);
  const submit = (): void => {
    if (busy || blocked !== undefined) return;
    const input = { id: run.id, version: run.version, strategy };
    void send('run.apply', testChoice === undefined ? input : { ...input, test }).then((reply) => {
      if (!reply.ok) return;
      toast({ text: words.done(diff.target) });
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
      initialFocus={wait}
      footer={
        <>
          <Button ref={wait} onClick={onClose}>
            {words.cancel}
          </Button>
          <Button variant="primary" keys="$mod+Enter" busy={busy} unavailable={blocked} onClick={submit}>
            {words.confirm(diff.files.length, diff.target)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-16">
        {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
        {failure?.tag === 'merged_tests_failed' ? <MergedTests failure={failure} /> : null}
        {blocked !== undefined && !failure ? (
          <ErrorBar kind="stale" message={words.blocked} hint={blocked} />
        ) : null}
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-center gap-x-16 gap-y-8">
          <dt className="text-ink-2">{words.strategy}</dt>
          <dd className="flex flex-wrap items-center gap-x-12 gap-y-4">
            <Segmented
              label={words.strategy}
              value={strategy}
              onValueChange={setStrategy}
              segments={strategies.map((value) => ({ value, label: labels.applyStrategy[value] }))}
            />
            <span className="text-meta text-ink-2">{words.help[strategy]}</span>
          </dd>
          <dt className="text-ink-2">{words.target}</dt>
          <dd>
            <Mono>{diff.target}</Mono> <span className="text-ink-2">{run.projectName}</span>
          </dd>
          <dt className="text-ink-2">{words.changes}</dt>
          <dd>
            {strings.files.count(diff.files.length)}{' '}
            <Changes additions={diff.additions} deletions={diff.deletions} />
          </dd>
          <dt className="text-ink-2">{words.drift}</dt>
          <dd>{diff.targetAhead === 0 ? words.none : strings.head.ahead(diff.targetAhead, diff.target)}</dd>
          <dt className="text-ink-2">{words.tests}</dt>
          <dd>
            <TestVerdict run={run} />
          </dd>
          <dt className="self-start pt-4 text-ink-2">{words.first}</dt>
          <dd>
            <Checkbox
              checked={test}
              onCheckedChange={setTest}
              disabled={!hasTests || busy}
              label={words.test}
              help={hasTests ? words.testHelp : words.noTests}
            />
          </dd>
        </dl>
        {busy && test ? (
          <p role="status" className="text-body text-ink-2">
            {words.testing}
          </p>
        ) : null}
        <div>
          <h3 className="text-body font-medium">{words.what}</h3>
          <ol className="mt-4 list-decimal ps-20 text-ink-2">
            {words.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
      </div>
    </Dialog>
  );
}
