import { useForm } from '../../client/use-command.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import type { Flag } from './flag-value.ts';

/** A setting that is one of a few words; what is chosen holds at once. */
export function FlagChoice({ flag, options }: { flag: Flag; options: Readonly<Record<string, string>> }) {
  const { busy, failure, send } = useForm();
  return (
    <Field
      label={flag.name}
      error={failure?.message}
      help={
        <>
          {flag.description} <code className="text-ink-3">{flag.key}</code>
        </>
      }
    >
      <Select
        className="w-[300px] max-w-full"
        disabled={busy}
        value={flag.value}
        options={Object.entries(options).map(([value, label]) => ({ value, label }))}
        onValueChange={(value) => {
          void send('flag.set', { key: flag.key, value });
        }}
      />
    </Field>
  );
}
