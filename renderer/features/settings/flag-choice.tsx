import { Select } from '../../ui/select.tsx';
import { FlagHelp } from './flag-help.tsx';
import { FlagReset } from './flag-reset.tsx';
import type { Flag } from './flag-value.ts';
import { SettingRow } from './setting-row.tsx';
import { useSetFlag } from './use-set-flag.ts';

/** A setting that is one of a few words; what is chosen holds at once. */
export function FlagChoice({ flag, options }: { flag: Flag; options: Readonly<Record<string, string>> }) {
  const { busy, failure, set } = useSetFlag(flag);
  return (
    <SettingRow
      label={flag.name}
      help={<FlagHelp flag={flag} />}
      error={failure?.message}
      changed={flag.value !== flag.defaultValue}
      after={
        <FlagReset
          flag={flag}
          busy={busy}
          set={set}
          words={options[flag.defaultValue] ?? flag.defaultValue}
        />
      }
    >
      <Select
        className="w-full max-w-[256px]"
        disabled={busy}
        value={flag.value}
        options={Object.entries(options).map(([value, label]) => ({ value, label }))}
        onValueChange={(value) => {
          void set(value);
        }}
      />
    </SettingRow>
  );
}
