import { Field } from '@base-ui/react/field';
import { useRef, type ComponentPropsWithRef } from 'react';
import { cx } from './cx.ts';
import { inputLook } from './text-field.tsx';

export interface TextAreaProps extends Omit<
  ComponentPropsWithRef<'textarea'>,
  'value' | 'defaultValue' | 'onChange' | 'rows'
> {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** It grows with its text between these, then scrolls. */
  readonly minRows?: number | undefined;
  readonly maxRows?: number | undefined;
  readonly mono?: boolean | undefined;
}

export function TextArea({
  value,
  onValueChange,
  minRows = 3,
  maxRows = 12,
  mono = false,
  className,
  ref,
  onFocus,
  ...rest
}: TextAreaProps) {
  const entered = useRef(false);
  const height = (rows: number): string => `${String(rows * 20 + 12)}px`;
  return (
    <Field.Control
      value={value}
      onValueChange={(next) => {
        onValueChange(next);
      }}
      className={cx(
        inputLook,
        'block resize-none read-only:bg-inset overflow-y-auto px-8 py-4',
        mono && 'font-mono text-code',
        className,
      )}
      render={
        <textarea
          ref={ref}
          spellCheck={!mono}
          {...rest}
          onFocus={(event) => {
            // Words kept from before are gone on with at their end; a press elsewhere places the caret after this.
            const { value: held, selectionEnd } = event.currentTarget;
            if (!entered.current && selectionEnd === 0)
              event.currentTarget.setSelectionRange(held.length, held.length);
            entered.current = true;
            onFocus?.(event);
          }}
          // The browser sizes the box by its text; no measuring, no jump.
          style={{
            fieldSizing: 'content',
            minHeight: height(minRows),
            maxHeight: height(maxRows),
          }}
        />
      }
    />
  );
}
