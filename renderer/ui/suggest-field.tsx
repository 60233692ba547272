import { Autocomplete as Base } from '@base-ui/react/autocomplete';
import { cx } from './cx.ts';
import { menuPopup } from './menu.tsx';
import { inputLook } from './text-field.tsx';

export interface Suggestion {
  readonly value: string;
  /** A second, quieter line. */
  readonly detail?: string | undefined;
}

export interface SuggestFieldProps {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly suggestions: readonly Suggestion[];
  readonly placeholder?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly mono?: boolean | undefined;
  readonly className?: string | undefined;
  /** Needed outside a Field. */
  readonly label?: string | undefined;
}

/** One line of text with what it may be: arrows choose, and whatever else is typed stands as well. */
export function SuggestField(props: SuggestFieldProps) {
  const { value, onValueChange, suggestions, mono = false, label, className, ...rest } = props;
  // What stands there already is no search: all are shown until something is typed that is none of them.
  const chosen = suggestions.some((one) => one.value === value);
  return (
    <Base.Root
      items={suggestions}
      itemToStringValue={(one: Suggestion) => one.value}
      mode={chosen ? 'none' : 'list'}
      openOnInputClick
      value={value}
      onValueChange={onValueChange}
    >
      <Base.Input
        {...rest}
        aria-label={label}
        spellCheck={false}
        className={cx(inputLook, 'h-28 px-8', mono && 'font-mono text-code', className)}
      />
      <Base.Portal>
        <Base.Positioner
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-(--anchor-width) outline-none data-empty:hidden"
        >
          <Base.Popup
            data-scope="popover"
            className={cx(menuPopup, 'max-h-[min(320px,var(--available-height))]')}
          >
            <Base.List>
              {(one: Suggestion) => (
                <Base.Item
                  key={one.value}
                  value={one}
                  className="flex min-h-28 flex-col justify-center rounded-chip px-8 py-4 outline-none select-none data-highlighted:bg-hover"
                >
                  <span className={cx('wrap-anywhere', mono ? 'font-mono text-code' : 'text-body')}>
                    {one.value}
                  </span>
                  {one.detail ? <span className="text-meta text-ink-2">{one.detail}</span> : null}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
