import { labels } from '../../../preload/contract/labels.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { DurationField } from '../../ui/duration-field.tsx';
import { readDuration } from '../../ui/duration-text.ts';
import { Field } from '../../ui/field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { contextFilesOf, retryEndings, retryOnOf, type WorkDraft, type WorkProblems } from './work-draft.ts';
import { strings as words } from './strings.ts';

export interface WorkFieldsProps {
  readonly draft: WorkDraft;
  readonly set: (change: Partial<WorkDraft>) => void;
  readonly problems: WorkProblems;
}

/** Budget, retries, context and priority: closed, with what holds beside their names. */
export function WorkFields(props: WorkFieldsProps) {
  return (
    <>
      <BudgetFields {...props} />
      <RetryFields {...props} />
      <MoreFields {...props} />
    </>
  );
}

function BudgetFields({ draft, set, problems }: WorkFieldsProps) {
  const { steps, time, tokens, cost } = draft;
  const typed = [
    steps === '' ? '' : words.stepCount(steps),
    readDuration(time) === null ? '' : time.replace(/ day$/, ' days'),
    tokens === '' ? '' : words.tokenCount(tokens),
    cost === '' ? '' : `$${cost}`,
  ].filter(Boolean);
  return (
    <Disclosure
      title={words.budget}
      summary={typed.join(' · ') || words.budgetDefault}
      forced={[problems.steps, problems.time, problems.tokens, problems.cost].some(Boolean)}
    >
      <div className="grid gap-16 narrow:grid-cols-2">
        <Field label={words.steps} help={words.stepsHelp} error={problems.steps}>
          <TextField
            inputMode="numeric"
            placeholder={words.asSettings}
            value={steps}
            onValueChange={(next) => {
              set({ steps: next });
            }}
          />
        </Field>
        <Field label={words.time} help={words.timeHelp} error={problems.time}>
          <DurationField
            label={words.time}
            units={['min', 'h', 'day']}
            placeholder={words.asSettings}
            value={time}
            onValueChange={(next) => {
              set({ time: next });
            }}
          />
        </Field>
        <Field label={words.tokens} error={problems.tokens}>
          <TextField
            inputMode="numeric"
            placeholder={words.noLimit}
            value={tokens}
            onValueChange={(next) => {
              set({ tokens: next });
            }}
          />
        </Field>
        <Field label={words.cost} error={problems.cost}>
          <TextField
            inputMode="decimal"
            placeholder={words.noLimit}
            value={cost}
            onValueChange={(next) => {
              set({ cost: next });
            }}
          />
        </Field>
      </div>
    </Disclosure>
  );
}

function RetryFields({ draft, set, problems }: WorkFieldsProps) {
  const chosen = retryOnOf(draft);
  const retrying = draft.retries.trim() !== '0';
  return (
    <Disclosure
      title={words.retries}
      summary={retrying ? words.retryCount(draft.retries) : words.retriesNone}
      forced={[
        problems.retries,
        problems.retryOn,
        problems.firstDelay,
        problems.factor,
        problems.mostDelay,
      ].some(Boolean)}
    >
      <div className="flex flex-col gap-16">
        <div className="grid gap-16 narrow:grid-cols-2">
          <Field label={words.count} help={words.countHelp} error={problems.retries}>
            <TextField
              inputMode="numeric"
              value={draft.retries}
              onValueChange={(retries) => {
                set({ retries });
              }}
            />
          </Field>
        </div>
        {retrying ? (
          <>
            <div role="group" aria-label={words.retryOn} className="flex flex-col gap-4">
              <span className="font-medium">{words.retryOn}</span>
              <div className="grid gap-x-16 narrow:grid-cols-2">
                {retryEndings.map((ending) => (
                  <Checkbox
                    key={ending}
                    label={labels.retryEnding[ending]}
                    checked={chosen.includes(ending)}
                    onCheckedChange={(on) => {
                      set({
                        retryOn: retryEndings
                          .filter((each) => (each === ending ? on : chosen.includes(each)))
                          .join(' '),
                      });
                    }}
                  />
                ))}
              </div>
              {problems.retryOn ? (
                <span role="alert" className="text-meta text-danger-text">
                  {problems.retryOn}
                </span>
              ) : null}
            </div>
            <div className="grid gap-16 narrow:grid-cols-2">
              <Field label={words.firstDelay} error={problems.firstDelay}>
                <DurationField
                  label={words.firstDelay}
                  units={['s', 'min', 'h']}
                  value={draft.firstDelay}
                  onValueChange={(firstDelay) => {
                    set({ firstDelay });
                  }}
                />
              </Field>
              <Field label={words.mostDelay} error={problems.mostDelay}>
                <DurationField
                  label={words.mostDelay}
                  units={['min', 'h', 'day']}
                  value={draft.mostDelay}
                  onValueChange={(mostDelay) => {
                    set({ mostDelay });
                  }}
                />
              </Field>
              <Field label={words.factor} help={words.factorHelp} error={problems.factor}>
                <TextField
                  inputMode="decimal"
                  value={draft.factor}
                  onValueChange={(factor) => {
                    set({ factor });
                  }}
                />
              </Field>
              <Checkbox
                label={words.jitter}
                help={words.jitterHelp}
                checked={draft.jitter}
                onCheckedChange={(jitter) => {
                  set({ jitter });
                }}
              />
            </div>
          </>
        ) : null}
      </div>
    </Disclosure>
  );
}

function MoreFields({ draft, set, problems }: WorkFieldsProps) {
  const files = contextFilesOf(draft).length;
  return (
    <Disclosure
      title={words.more}
      summary={`${files === 0 ? words.contextNone : words.contextCount(files)} · ${words.prioritised(draft.priority)}`}
      forced={[problems.contextFiles, problems.priority].some(Boolean)}
    >
      <div className="flex flex-col gap-16">
        <Field label={words.contextFiles} help={words.contextHelp} error={problems.contextFiles}>
          <TextArea
            mono
            minRows={2}
            maxRows={8}
            placeholder={words.contextPlaceholder}
            value={draft.contextFiles}
            onValueChange={(contextFiles) => {
              set({ contextFiles });
            }}
          />
        </Field>
        <div className="grid gap-16 narrow:grid-cols-2">
          <Field label={words.priority} help={words.priorityHelp} error={problems.priority}>
            <TextField
              inputMode="numeric"
              value={draft.priority}
              onValueChange={(priority) => {
                set({ priority });
              }}
            />
          </Field>
        </div>
      </div>
    </Disclosure>
  );
}
