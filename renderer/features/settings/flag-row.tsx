import { useState } from 'react';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { DurationField } from '../../ui/duration-field.tsx';
import { Field } from '../../ui/field.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FlagChoice } from './flag-choice.tsx';
import { FlagExecutor } from './flag-executor.tsx';
import { FlagModel } from './flag-model.tsx';
import { FlagTimes } from './flag-times.tsx';
import { boundsOf, flagWords, isTime, readFlag, typedOf, unitsOf, type Flag } from './flag-value.ts';
import { strings } from './strings.ts';

/** One setting with the control that fits what it holds. Keyed by its value: what was refused goes back to what holds. */
export function FlagRow({ flag }: { flag: Flag }) {
  const changed = flag.value !== flag.defaultValue;
  return (
    <div className="flex items-start gap-8 py-8">
      <span
        aria-hidden
        className={changed ? 'mt-8 size-6 shrink-0 rounded-full bg-accent' : 'size-6 shrink-0'}
      />
      <div className="min-w-0 flex-1">
        {flag.kind.type === 'switch' ? (
          <OnOff flag={flag} />
        ) : flag.kind.type === 'choice' ? (
          <FlagChoice flag={flag} options={flag.kind.options} />
        ) : flag.kind.type === 'executor' ? (
          <FlagExecutor flag={flag} options={flag.kind.options} />
        ) : (
          <Typed flag={flag} kind={flag.kind} />
        )}
      </div>
    </div>
  );
}

function OnOff({ flag }: { flag: Flag }) {
  const { busy, failure, send } = useForm();
  return (
    <Switch
      label={flag.name}
      help={
        <>
          {flag.description} <code className="text-ink-3">{flag.key}</code>
          {failure ? (
            <span role="alert" className="block text-danger-text">
              {failure.message}
            </span>
          ) : null}
        </>
      }
      checked={flag.value === 'on'}
      disabled={busy}
      onCheckedChange={(checked) => {
        void send('flag.set', { key: flag.key, value: checked ? 'on' : 'off' });
      }}
    />
  );
}

function Typed({
  flag,
  kind,
}: {
  flag: Flag;
  kind: Exclude<Flag['kind'], { type: 'switch' | 'choice' | 'executor' }>;
}) {
  const stored = typedOf(flag, flag.value);
  const [typed, setTyped] = useState(stored);
  const { busy, failure, send } = useForm();
  const read = readFlag(flag, typed);
  const changed = flag.value !== flag.defaultValue;
  const different = read.value !== flag.value;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (read.value !== undefined && different)
          void send('flag.set', { key: flag.key, value: read.value });
      }}
    >
      <Field
        label={flag.name}
        error={read.error ?? (different ? failure?.message : undefined)}
        help={
          <>
            {flag.description} <code className="text-ink-3">{flag.key}</code>
          </>
        }
      >
        <span className="flex flex-wrap items-center gap-8">
          {kind.type === 'text' ? (
            <TextField
              mono
              className="min-w-0 flex-1"
              value={typed}
              maxLength={kind.most}
              onValueChange={setTyped}
            />
          ) : kind.type === 'model' ? (
            <FlagModel kind={kind} value={typed} onValueChange={setTyped} />
          ) : kind.type === 'time_of_day' || kind.type === 'time_range' ? (
            <FlagTimes flag={flag} value={typed} onValueChange={setTyped} />
          ) : isTime(kind) ? (
            <span className="w-[220px]">
              <DurationField label={flag.name} value={typed} onValueChange={setTyped} units={unitsOf(kind)} />
            </span>
          ) : (
            <>
              <TextField className="w-[96px]" inputMode="numeric" value={typed} onValueChange={setTyped} />
              <span className="text-meta text-ink-2">{kind.unit}</span>
            </>
          )}
          {different ? (
            <>
              <Button type="submit" size="small" busy={busy} disabled={read.value === undefined}>
                {strings.set}
              </Button>
              <Button
                size="small"
                variant="ghost"
                onClick={() => {
                  setTyped(stored);
                }}
              >
                {strings.takeBack}
              </Button>
            </>
          ) : changed ? (
            <Button
              size="small"
              variant="ghost"
              busy={busy}
              onClick={() => {
                void send('flag.set', { key: flag.key, value: flag.defaultValue });
              }}
            >
              {strings.reset(flagWords(flag, flag.defaultValue))}
            </Button>
          ) : null}
          {kind.type === 'number' ? (
            <span className="ms-auto text-meta text-ink-3 tabular-nums">
              {strings.range(...boundsOf(kind))}
            </span>
          ) : null}
        </span>
      </Field>
    </form>
  );
}
