import { autoExecutor } from '../../../preload/contract/labels.ts';
import { autoOption } from '../work/auto-executor.tsx';
import { executorReason } from '../work/executor-reason.ts';
import { useState } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { EstimateAgainst } from './estimate-against.tsx';
import { PlanSummary } from './plan-summary.tsx';
import { againstExecute } from './against-execute.ts';
import { strings } from './strings.ts';
import { submitOnChord } from './submit-on-chord.ts';

const words = strings.execute;
type Detail = OutputOf<'proposal.get'>;

export interface ExecuteDialogProps {
  /** Undefined: closed. */
  readonly proposalId: string | undefined;
  readonly onClose: () => void;
  readonly onStarted: (detail: Detail) => void;
}

/** The one place where a plan is consented to: the plan, what will happen, and a chord. */
export function ExecuteDialog({ proposalId, onClose, onStarted }: ExecuteDialogProps) {
  const open = proposalId !== undefined;
  const { data, failure } = useQuery('proposal.get', { id: proposalId ?? '' }, { enabled: open });
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={words.title}
      size="large"
      description={data ? `${strings.ref(data.proposal.number)} ${data.proposal.title}` : undefined}
    >
      {data ? (
        <ExecuteForm detail={data} onClose={onClose} onStarted={onStarted} />
      ) : failure ? (
        <ErrorBar message={failure.message} hint={failure.hint} />
      ) : open ? (
        <SkeletonRows rows={5} label={words.loading} />
      ) : null}
    </Dialog>
  );
}

function ExecuteForm({
  detail,
  onClose,
  onStarted,
}: {
  detail: Detail;
  onClose: () => void;
  onStarted: (detail: Detail) => void;
}) {
  const { proposal } = detail;
  const project = useQuery(
    'project.get',
    { id: proposal.projectId ?? '' },
    { enabled: proposal.projectId !== null },
  ).data;
  const executors = useQuery('executor.list', {}).data ?? [];
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState<string>();
  const [steps, setSteps] = useState('');
  const [dryRun, setDryRun] = useState(false);
  const [asked, setAsked] = useState(false);
  const { busy, failure, send } = useForm();

  const executor = chosen || (project?.defaultExecutor ?? '');
  const shell = executor === 'shell';
  const command = typed ?? project?.shellCommand ?? '';
  const labelOf = (name: string): string =>
    [autoExecutor, ...executors].find((each) => each.name === name)?.label ?? name;
  const maxSteps = steps === '' ? undefined : Number(steps);
  const wrongSteps =
    maxSteps !== undefined && !(Number.isInteger(maxSteps) && maxSteps >= 1 && maxSteps <= 200);
  const noCommand = shell && command.trim() === '';
  const unavailable = againstExecute(detail);

  const start = async (): Promise<void> => {
    setAsked(true);
    if (unavailable !== undefined || noCommand || wrongSteps || busy) return;
    const reply = await send('proposal.decide', {
      id: proposal.id,
      version: proposal.version,
      action: 'execute',
      execute: {
        ...(chosen ? { executor: chosen } : {}),
        ...(shell ? { shellCommand: command.trim() } : {}),
        ...(maxSteps === undefined ? {} : { maxSteps }),
        ...(dryRun ? { dryRun } : {}),
      },
    });
    if (reply.ok) onStarted(reply.value);
  };
  const submit = (): void => void start();

  return (
    <div className="flex flex-col gap-16" onKeyDown={submitOnChord(submit)}>
      {proposal.plan ? (
        <>
          <PlanSummary plan={proposal.plan} />
          <EstimateAgainst plan={proposal.plan} projectId={proposal.projectId} />
        </>
      ) : null}
      <div className="grid grid-cols-2 gap-12 border-t border-line pt-16">
        <Field label={words.executor}>
          <Select
            value={executor || null}
            onValueChange={setChosen}
            options={[
              autoOption,
              ...executors.map(({ name, label, usable, found }) => ({
                value: name,
                label,
                ...(name === project?.defaultExecutor ? { detail: words.projectDefault(project.name) } : {}),
                ...executorReason({ usable, found }),
              })),
            ]}
          />
        </Field>
        <Field
          label={words.maxSteps}
          help={words.maxStepsHelp}
          optional
          error={asked && wrongSteps ? words.maxStepsWrong : undefined}
        >
          <TextField inputMode="numeric" value={steps} onValueChange={setSteps} placeholder="8" />
        </Field>
        {shell ? (
          <div className="col-span-2">
            <Field
              label={words.command}
              help={words.commandHelp}
              error={asked && noCommand ? words.commandMissing : undefined}
            >
              <TextField mono value={command} onValueChange={setTyped} />
            </Field>
          </div>
        ) : null}
        <div className="col-span-2">
          <Checkbox
            checked={dryRun}
            onCheckedChange={setDryRun}
            label={words.dryRun}
            help={words.dryRunHelp}
          />
        </div>
      </div>
      {project ? (
        <p className="text-body text-ink-2 wrap-anywhere">
          {words.after(project.name, labelOf(executor), shell && command ? command : undefined)}
        </p>
      ) : null}
      {unavailable === undefined ? null : <ErrorBar kind="stale" message={unavailable} />}
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <div className="sticky bottom-[-8px] -mx-20 flex justify-end gap-8 border-t border-line bg-raised px-20 py-12">
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button variant="primary" keys="$mod+Enter" busy={busy} unavailable={unavailable} onClick={submit}>
          {dryRun ? words.startDry : words.start}
        </Button>
      </div>
    </div>
  );
}
