import { Field as Base } from '@base-ui/react/field';
import type { ReactNode } from 'react';

export interface FieldProps {
  readonly label: string;
  readonly help?: ReactNode;
  /** What is wrong and what to do. It stands under the control, which is marked invalid. */
  readonly error?: string | undefined;
  readonly optional?: boolean | undefined;
  readonly hideLabel?: boolean | undefined;
  /** A TextField, TextArea or Select; it takes its name and description from here. */
  readonly children: ReactNode;
}

export function Field({ label, help, error, optional = false, hideLabel = false, children }: FieldProps) {
  return (
    <Base.Root invalid={error !== undefined} className="flex min-w-0 flex-col gap-4">
      <Base.Label className={hideLabel ? 'sr-only' : 'text-body font-medium text-ink'}>
        {label}
        {optional ? <span className="ms-4 font-regular text-ink-3">optional</span> : null}
      </Base.Label>
      {children}
      {help ? <Base.Description className="text-meta text-ink-2">{help}</Base.Description> : null}
      <Base.Error match={error !== undefined} className="text-meta text-danger-text">
        {error}
      </Base.Error>
    </Base.Root>
  );
}
