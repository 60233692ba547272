import { ChevronDown, ChevronUp, Plus, Trash2 } from 'lucide-react';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { moveStage, withStage, withoutStage, type StageDraft, type StagedType } from './stage-draft.ts';
import { strings as words } from './strings.ts';

export interface StageFieldsProps {
  readonly runType: StagedType;
  readonly stages: readonly StageDraft[];
  readonly onStages: (stages: readonly StageDraft[]) => void;
  /** The executor of the run: a stage that names none takes it. */
  readonly executor: string | undefined;
  readonly error: string | undefined;
}

const roles = ['planner', 'coder', 'tester', 'reviewer', 'writer'].map((value) => ({ value }));

/** The stages of a pipeline, in order, or of a workflow, each with what it waits for. */
export function StageFields({ runType, stages, onStages, executor, error }: StageFieldsProps) {
  return (
    <section aria-label={words.stages} className="flex flex-col gap-8">
      <div className="flex items-baseline justify-between gap-8">
        <h3 className="text-body font-medium text-ink">{words.stages}</h3>
        <span className="text-meta text-ink-2">
          {runType === 'pipeline' ? words.stagesInOrder : words.stagesAsNeeded}
        </span>
      </div>
      <ol className="flex flex-col gap-8">
        {stages.map((stage, index) => (
          <StageRow
            key={stage.key}
            {...{ stage, index, stages, runType, onStages, executor }}
            set={(change) => {
              onStages(stages.map((one) => (one.key === stage.key ? { ...one, ...change } : one)));
            }}
          />
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-12">
        <Button
          icon={Plus}
          onClick={() => {
            onStages(withStage(stages));
          }}
        >
          {words.addStage}
        </Button>
        {error === undefined ? null : (
          <span role="alert" className="text-meta text-danger-text">
            {error}
          </span>
        )}
      </div>
    </section>
  );
}

interface StageRowProps extends Omit<StageFieldsProps, 'error'> {
  readonly stage: StageDraft;
  readonly index: number;
  readonly set: (change: Partial<StageDraft>) => void;
}

function StageRow({ stage, index, stages, runType, onStages, executor, set }: StageRowProps) {
  const executors = useQuery('executor.list', {}).data;
  const taken = stage.executor === '' ? executor : stage.executor;
  const name = stage.title.trim() === '' ? words.stage(index + 1) : stage.title;
  const others = stages.filter(({ key }) => key !== stage.key);
  return (
    <li className="flex flex-col gap-8 rounded-card border border-line bg-raised p-12" aria-label={name}>
      <div className="flex items-end gap-8">
        <span aria-hidden className="flex h-28 w-16 shrink-0 items-center font-mono text-meta text-ink-3">
          {index + 1}
        </span>
        <div className="min-w-0 grow">
          <Field label={words.stageTitle}>
            <TextField
              value={stage.title}
              placeholder={words.stageTitlePlaceholder}
              onValueChange={(title) => {
                set({ title });
              }}
            />
          </Field>
        </div>
        <IconButton
          icon={ChevronUp}
          label={words.stageUp(name)}
          unavailable={index === 0 ? words.stageIsFirst : undefined}
          onClick={() => {
            onStages(moveStage(stages, stage.key, -1));
          }}
        />
        <IconButton
          icon={ChevronDown}
          label={words.stageDown(name)}
          unavailable={index === stages.length - 1 ? words.stageIsLast : undefined}
          onClick={() => {
            onStages(moveStage(stages, stage.key, 1));
          }}
        />
        <IconButton
          icon={Trash2}
          label={words.stageRemove(name)}
          onClick={() => {
            onStages(withoutStage(stages, stage.key));
          }}
        />
      </div>
      <div className="grid grid-cols-[3fr_4fr_2fr] gap-8 ps-24">
        <Field label={words.stageRole} optional>
          <SuggestField
            value={stage.role}
            suggestions={roles}
            maxLength={40}
            onValueChange={(role) => {
              set({ role });
            }}
          />
        </Field>
        <Field label={words.stageExecutor}>
          <Select
            value={stage.executor}
            onValueChange={(executor) => {
              set({ executor });
            }}
            options={[
              { value: '', label: words.stageExecutorOfRun },
              ...(executors ?? [])
                .filter(({ usable }) => usable)
                .map(({ name: value, label, found }) => ({
                  value,
                  label,
                  ...(found ? {} : { unavailable: words.executorMissing }),
                })),
            ]}
          />
        </Field>
        <Field label={words.stageSteps} optional>
          <TextField
            inputMode="numeric"
            placeholder="1"
            value={stage.steps}
            onValueChange={(steps) => {
              set({ steps });
            }}
          />
        </Field>
      </div>
      {taken === 'shell' ? (
        <div className="ps-24">
          <Field label={words.stageCommand} optional>
            <TextField
              mono
              placeholder={words.stageCommandOfRun}
              value={stage.command}
              onValueChange={(command) => {
                set({ command });
              }}
            />
          </Field>
        </div>
      ) : null}
      {runType === 'workflow' && others.length > 0 ? (
        <fieldset className="flex flex-wrap items-center gap-x-16 gap-y-4 ps-24">
          <legend className="float-left me-16 text-meta text-ink-2">{words.stageNeeds}</legend>
          {others.map((other) => (
            <Checkbox
              key={other.key}
              checked={stage.needs.includes(other.key)}
              label={other.title.trim() === '' ? words.stage(stages.indexOf(other) + 1) : other.title}
              onCheckedChange={(wanted) => {
                set({
                  needs: wanted
                    ? [...stage.needs, other.key]
                    : stage.needs.filter((key) => key !== other.key),
                });
              }}
            />
          ))}
        </fieldset>
      ) : null}
    </li>
  );
}
