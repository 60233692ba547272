import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { strings } from './strings.ts';

const words = strings.plan;

export interface DraftStep {
  readonly key: number;
  readonly text: string;
}

export function draftSteps(steps: readonly string[]): DraftStep[] {
  return (steps.length === 0 ? [''] : steps).map((text, key) => ({ key, text }));
}

/** The steps of a plan, each to be changed, moved, added or taken out. */
export function StepList({
  steps,
  onChange,
}: {
  readonly steps: readonly DraftStep[];
  readonly onChange: (steps: readonly DraftStep[]) => void;
}) {
  const [focused, setFocused] = useState<number | null>(steps[0]?.key ?? null);
  const move = (from: number, to: number): void => {
    const moved = steps[from];
    if (!moved) return;
    const rest = steps.filter((_, index) => index !== from);
    onChange([...rest.slice(0, to), moved, ...rest.slice(to)]);
  };
  const insert = (at: number): void => {
    const key = Math.max(-1, ...steps.map((step) => step.key)) + 1;
    setFocused(key);
    onChange([...steps.slice(0, at), { key, text: '' }, ...steps.slice(at)]);
  };
  return (
    <fieldset className="flex flex-col gap-6">
      <legend className="mb-4 text-body font-medium">{words.steps}</legend>
      <ol className="flex flex-col gap-6">
        {steps.map((step, index) => (
          <li key={step.key} className="flex items-start gap-4">
            <span aria-hidden className="w-16 shrink-0 pt-6 text-end text-ink-3 tabular-nums">
              {index + 1}
            </span>
            <div className="min-w-0 flex-1">
              <Field label={words.step(index + 1)} hideLabel>
                <TextArea
                  autoFocus={step.key === focused}
                  minRows={1}
                  maxRows={8}
                  value={step.text}
                  onValueChange={(text) => {
                    onChange(steps.map((other) => (other.key === step.key ? { ...other, text } : other)));
                  }}
                />
              </Field>
            </div>
            <span className="flex shrink-0 pt-2">
              <IconButton
                size="small"
                icon={ArrowUp}
                label={words.stepUp(index + 1)}
                unavailable={index === 0 ? words.stepFirst : undefined}
                onClick={() => {
                  move(index, index - 1);
                }}
              />
              <IconButton
                size="small"
                icon={ArrowDown}
                label={words.stepDown(index + 1)}
                unavailable={index === steps.length - 1 ? words.stepLast : undefined}
                onClick={() => {
                  move(index, index + 1);
                }}
              />
              <IconButton
                size="small"
                icon={Trash2}
                label={words.stepRemove(index + 1)}
                unavailable={steps.length === 1 ? words.noSteps : undefined}
                onClick={() => {
                  onChange(steps.filter((other) => other.key !== step.key));
                }}
              />
            </span>
          </li>
        ))}
      </ol>
      <Button
        size="small"
        icon={Plus}
        className="self-start"
        onClick={() => {
          insert(steps.length);
        }}
      >
        {words.stepAdd}
      </Button>
    </fieldset>
  );
}
