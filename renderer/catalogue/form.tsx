import { useState } from 'react';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';

export function Form() {
  const [name, setName] = useState('');
  const [text, setText] = useState('Grows with its text.');
  const [kind, setKind] = useState<'a' | 'b' | 'c' | null>('a');
  return (
    <div className="flex w-full flex-col gap-16">
      <Field label="Name" help="Shown in lists." optional>
        <TextField value={name} onValueChange={setName} placeholder="Nightly" />
      </Field>
      <Field
        label="Metadata"
        error="Line 1 is no JSON: a quote is missing. Add it, or leave the field empty."
      >
        <TextArea value={text} onValueChange={setText} mono minRows={2} />
      </Field>
      <Field label="Kind">
        <Select
          value={kind}
          onValueChange={setKind}
          options={[
            { value: 'a', label: 'First kind', detail: 'The usual one' },
            { value: 'b', label: 'Second kind' },
            { value: 'c', label: 'Third kind', unavailable: 'Needs an account' },
          ]}
        />
      </Field>
    </div>
  );
}
