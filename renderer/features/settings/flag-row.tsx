import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { DurationField } from '../../ui/duration-field.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FlagChoice } from './flag-choice.tsx';
import { FlagExecutor } from './flag-executor.tsx';
import { FlagHelp } from './flag-help.tsx';
import { FlagModel } from './flag-model.tsx';
import { FlagTimes } from './flag-times.tsx';
import { flagWords, isTime, readFlag, typedOf, unitsOf, type Flag } from './flag-value.ts';
import { FlagReset } from './flag-reset.tsx';
import { SettingRow } from './setting-row.tsx';
import { strings } from './strings.ts';
import { useSetFlag } from './use-set-flag.ts';

/** One setting with the control that fits what it holds. Keyed by its value: what was refused goes back to what holds. */
export function FlagRow({ flag }: { flag: Flag }) {
  const { kind } = flag;
  if (kind.type === 'switch') return <OnOff flag={flag} />;
  if (kind.type === 'choice') return <FlagChoice flag={flag} options={kind.options} />;
  if (kind.type === 'executor') return <FlagExecutor flag={flag} options={kind.options} />;
  return <Typed flag={flag} kind={kind} />;
}

function OnOff({ flag }: { flag: Flag }) {
  const { busy, failure, set } = useSetFlag(flag);
  return (
    <SettingRow
      label={flag.name}
      help={<FlagHelp flag={flag} />}
      error={failure?.message}
      changed={flag.value !== flag.defaultValue}
    >
      <Switch
        hideLabel
        label={flag.name}
        checked={flag.value === 'on'}
        disabled={busy}
        onCheckedChange={(checked) => {
          void set(checked ? 'on' : 'off');
        }}
      />
    </SettingRow>
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
  const { busy, failure, set } = useSetFlag(flag);
  const read = readFlag(flag, typed);
  const different = read.value !== flag.value;
  const wide = kind.type === 'text' && kind.most > 60;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (read.value !== undefined && different) void set(read.value);
      }}
    >
      <SettingRow
        label={flag.name}
        help={<FlagHelp flag={flag} />}
        error={read.error ?? (different ? failure?.message : undefined)}
        changed={flag.value !== flag.defaultValue}
        wide={wide}
        after={
          different ? (
            <span className="flex gap-8">
              <Button
                size="small"
                variant="ghost"
                onClick={() => {
                  setTyped(stored);
                }}
              >
                {strings.takeBack}
              </Button>
              <Button type="submit" size="small" busy={busy} disabled={read.value === undefined}>
                {strings.set}
              </Button>
            </span>
          ) : (
            <FlagReset flag={flag} busy={busy} set={set} words={flagWords(flag, flag.defaultValue)} />
          )
        }
      >
        {kind.type === 'text' ? (
          <TextField
            mono
            className={wide ? 'w-full' : 'w-full max-w-[256px]'}
            value={typed}
            maxLength={kind.most}
            onValueChange={setTyped}
          />
        ) : kind.type === 'model' ? (
          <span className="w-full max-w-[256px]">
            <FlagModel kind={kind} value={typed} onValueChange={setTyped} />
          </span>
        ) : kind.type === 'time_of_day' || kind.type === 'time_range' ? (
          <FlagTimes flag={flag} value={typed} onValueChange={setTyped} />
        ) : isTime(kind) ? (
          <span className="w-full max-w-[256px]">
            <DurationField label={flag.name} value={typed} onValueChange={setTyped} units={unitsOf(kind)} />
          </span>
        ) : (
          <span className="flex items-center gap-8">
            <TextField className="w-[96px]" inputMode="numeric" value={typed} onValueChange={setTyped} />
            <span className="text-meta text-ink-2">{kind.unit}</span>
          </span>
        )}
      </SettingRow>
    </form>
  );
}
