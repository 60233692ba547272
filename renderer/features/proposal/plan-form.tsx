import { useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Plan } from './plan-summary.tsx';
import { draftSteps, StepList, type DraftStep } from './step-list.tsx';
import { strings } from './strings.ts';
import { submitOnChord } from './submit-on-chord.ts';

const words = strings.plan;

function options<V extends string>(names: Readonly<Record<V, string>>): { value: V; label: string }[] {
  return (Object.keys(names) as V[]).map((value) => ({ value, label: names[value] }));
}
function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function isWhole(text: string): boolean {
  return /^\d{0,12}$/u.test(text.trim());
}

export interface PlanFormProps {
  readonly id: string;
  readonly version: number;
  readonly plan: Plan;
  readonly onDone: () => void;
}

export function PlanForm({ id, version, plan, onDone }: PlanFormProps) {
  const [steps, setSteps] = useState<readonly DraftStep[]>(draftSteps(plan.steps));
  const [files, setFiles] = useState(plan.files.join('\n'));
  const [test, setTest] = useState(plan.testCommand);
  const [risk, setRisk] = useState(plan.risk);
  const [effort, setEffort] = useState(plan.effort);
  const [cost, setCost] = useState(plan.costMicroUsd === null ? '' : String(plan.costMicroUsd / 1_000_000));
  const { busy, failure, send } = useForm();
  const [tokens, setTokens] = useState(plan.tokens === null ? '' : String(plan.tokens));
  const [minutes, setMinutes] = useState(
    plan.durationMs === null ? '' : String(Math.max(1, Math.round(plan.durationMs / 60_000))),
  );
  const amount = cost.trim() === '' ? null : Number(cost);
  const wrongCost = amount !== null && !(amount >= 0);
  const written = steps.map(({ text }) => text.trim()).filter(Boolean);
  const wrong = wrongCost || !isWhole(tokens) || !isWhole(minutes) || written.length === 0;

  const save = async (): Promise<void> => {
    if (wrong) return;
    const reply = await send('proposal.editPlan', {
      id,
      version,
      plan: {
        steps: written,
        files: lines(files),
        testCommand: test.trim(),
        // What the planner wishes for stays open until its owner has said which.
        proposedTestCommand: test.trim() === plan.testCommand ? plan.proposedTestCommand : '',
        risk,
        effort,
        costMicroUsd: amount === null ? null : Math.round(amount * 1_000_000),
        tokens: tokens.trim() === '' ? null : Number(tokens),
        durationMs: minutes.trim() === '' ? null : Number(minutes) * 60_000,
      },
    });
    if (reply.ok) onDone();
  };
  const submit = (): void => void save();
  return (
    <div className="flex flex-col gap-12" onKeyDown={submitOnChord(submit)}>
      <StepList steps={steps} onChange={setSteps} />
      {written.length === 0 ? (
        <p role="alert" className="text-meta text-danger-text">
          {words.noSteps}
        </p>
      ) : null}
      <div className="grid grid-cols-2 gap-12">
        <Field label={words.risk}>
          <Select value={risk} onValueChange={setRisk} options={options(labels.risk)} />
        </Field>
        <Field label={words.effort}>
          <Select value={effort} onValueChange={setEffort} options={options(labels.effort)} />
        </Field>
      </div>
      <div className="grid grid-cols-3 gap-12">
        <Field
          label={words.estimateCost}
          help={words.estimateHelp}
          error={wrongCost ? words.estimateWrong : undefined}
        >
          <TextField inputMode="decimal" value={cost} onValueChange={setCost} />
        </Field>
        <Field
          label={words.estimateTokens}
          help={words.emptyUnknown}
          error={isWhole(tokens) ? undefined : words.numberWrong}
        >
          <TextField inputMode="numeric" value={tokens} onValueChange={setTokens} />
        </Field>
        <Field
          label={words.estimateMinutes}
          help={words.emptyUnknown}
          error={isWhole(minutes) ? undefined : words.numberWrong}
        >
          <TextField inputMode="numeric" value={minutes} onValueChange={setMinutes} />
        </Field>
      </div>
      <Field label={words.files} help={words.filesHelp}>
        <TextArea mono value={files} onValueChange={setFiles} />
      </Field>
      <Field label={words.test} help={words.projectTest}>
        <TextField mono value={test} onValueChange={setTest} />
      </Field>
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <div className="flex justify-end gap-8">
        <Button onClick={onDone}>{words.cancel}</Button>
        <Button keys="$mod+Enter" busy={busy} onClick={submit}>
          {words.save}
        </Button>
      </div>
    </div>
  );
}
