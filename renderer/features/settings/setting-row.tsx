import { Field } from '@base-ui/react/field';
import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import { strings } from './strings.ts';

/**
 * One setting: what it is at the left, its control at the right or, when it is wide, below. A dot before its name says that it is
 * not the default; it hangs into the margin, so that names stand under their heading.
 */
export function SettingRow({
  label,
  help,
  error,
  changed,
  wide = false,
  after,
  children,
}: {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error?: string | undefined;
  readonly changed: boolean;
  readonly wide?: boolean;
  /** Buttons about what is typed, and the way back to the default. */
  readonly after?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Field.Root invalid={error !== undefined} className="relative flex flex-col gap-4 py-8">
      <span
        className={cx('absolute -start-[14px] top-[15px] size-6 rounded-full', changed && 'bg-accent')}
        {...(changed ? { role: 'img', 'aria-label': strings.differs, title: strings.differs } : {})}
      />
      <div
        className={cx(
          'flex gap-x-24 gap-y-6',
          wide ? 'flex-col' : 'flex-col min-[560px]:flex-row min-[560px]:items-start',
        )}
      >
        <div className="flex min-w-0 flex-1 flex-col gap-2">
          <Field.Label className="w-fit text-body font-medium text-ink">{label}</Field.Label>
          {help ? <Field.Description className="text-meta text-ink-2">{help}</Field.Description> : null}
        </div>
        <div
          className={cx(
            'flex flex-col items-start gap-4',
            wide ? '' : 'min-[560px]:w-[256px] min-[560px]:shrink-0',
          )}
        >
          {children}
          {after}
        </div>
      </div>
      <Field.Error match={error !== undefined} className="text-meta text-danger-text">
        {error}
      </Field.Error>
    </Field.Root>
  );
}
