import { useState } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ReadState } from './read-state.tsx';
import { strings } from './strings.ts';

type Flag = OutputOf<'flag.list'>[number];

export function RuntimeSection() {
  const flags = useQuery('flag.list', {});
  return (
    <>
      <p className="text-ink-2">{strings.runtimeHelp}</p>
      <ReadState query={flags}>
        {(list) => (
          <div className="flex flex-col">
            {list.map((flag) => (
              <FlagRow key={`${flag.key} ${flag.value}`} flag={flag} />
            ))}
          </div>
        )}
      </ReadState>
    </>
  );
}

/** Keyed by its value above: what was refused goes back to what holds. */
function FlagRow({ flag }: { flag: Flag }) {
  const [value, setValue] = useState(flag.value);
  const { busy, failure, send } = useForm();
  const set = (next: string): void => void send('flag.set', { key: flag.key, value: next });
  const changed = flag.value !== flag.defaultValue;
  const onOff = flag.defaultValue === 'true' || flag.defaultValue === 'false';
  return (
    <div className="flex items-start gap-12 border-b border-line py-12 last:border-b-0">
      <span
        aria-hidden
        className={changed ? 'mt-12 size-6 shrink-0 rounded-full bg-accent' : 'size-6 shrink-0'}
      />
      <div className="min-w-0 flex-1">
        {onOff ? (
          <Switch
            label={flag.description}
            help={
              <>
                <code>{flag.key}</code>
                {failure ? <span className="block text-danger-text">{failure.message}</span> : null}
              </>
            }
            checked={flag.value === 'true'}
            disabled={busy}
            onCheckedChange={(checked) => {
              set(String(checked));
            }}
          />
        ) : (
          <form
            className="flex items-end gap-8"
            onSubmit={(event) => {
              event.preventDefault();
              set(value);
            }}
          >
            <div className="min-w-0 flex-1">
              <Field
                label={flag.description}
                help={
                  <>
                    <code>{flag.key}</code> {changed ? strings.changed(flag.defaultValue) : ''}
                  </>
                }
                error={failure?.message}
              >
                <TextField value={value} onValueChange={setValue} />
              </Field>
            </div>
            {changed && value === flag.value ? (
              <Button
                variant="ghost"
                onClick={() => {
                  set(flag.defaultValue);
                }}
              >
                {strings.reset}
              </Button>
            ) : null}
            {value === flag.value ? null : (
              <Button type="submit" busy={busy}>
                {strings.set}
              </Button>
            )}
          </form>
        )}
      </div>
    </div>
  );
}
