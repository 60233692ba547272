import { Check } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { cx } from './cx.ts';
import { Dialog } from './dialog.tsx';
import { Kbd } from './kbd.tsx';
import { inputLook } from './text-field.tsx';

export interface Pick {
  readonly value: string;
  readonly label: string;
  readonly detail?: string | undefined;
  /** It is what holds now. */
  readonly checked?: boolean | undefined;
  /** How far it stands below another. */
  readonly depth?: number | undefined;
  /** Why it cannot be chosen. */
  readonly unavailable?: string | undefined;
}

export interface PickDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly description?: string | undefined;
  readonly placeholder: string;
  readonly empty: string;
  readonly picks: readonly Pick[];
  readonly onPick: (value: string) => void;
  readonly onClose: () => void;
}

/** So few are chosen by their figure. */
const MOST_BY_FIGURE = 9;

/** One of many: typed for, or taken with the arrows; of a few each by its figure. */
export function PickDialog(props: PickDialogProps) {
  const { open, title, description, onClose } = props;
  return (
    <Dialog open={open} onOpenChange={onClose} title={title} description={description} size="small">
      {open ? <Picks {...props} /> : null}
    </Dialog>
  );
}

function Picks({ title, placeholder, empty, picks, onPick }: PickDialogProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      picks.findIndex(({ checked }) => checked),
    ),
  );
  const list = useRef<HTMLDivElement>(null);
  const wanted = typed.trim().toLowerCase();
  const shown = picks.filter(({ label }) => label.toLowerCase().includes(wanted));
  const at = Math.min(active, Math.max(0, shown.length - 1));
  const byFigure = picks.length <= MOST_BY_FIGURE && wanted === '';
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, wanted]);

  const choose = (pick: Pick | undefined): void => {
    if (pick && pick.unavailable === undefined) onPick(pick.value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const figure = byFigure && /^[1-9]$/u.test(event.key) ? shown[Number(event.key) - 1] : undefined;
    if (event.key === 'ArrowDown') setActive((at + 1) % Math.max(1, shown.length));
    else if (event.key === 'ArrowUp') setActive((at - 1 + shown.length) % Math.max(1, shown.length));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(shown[at]);
    else if (figure) choose(figure);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex flex-col gap-8">
      <input
        role="combobox"
        aria-label={title}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={shown[at] ? `${id}-${shown[at].value}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        placeholder={placeholder}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        className={cx(inputLook, 'h-28 px-8')}
      />
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={title}
        className="-mx-8 flex max-h-[320px] flex-col overflow-y-auto"
      >
        {shown.map((pick, index) => (
          <div
            key={pick.value}
            id={`${id}-${pick.value}`}
            role="option"
            aria-selected={index === at}
            aria-disabled={pick.unavailable !== undefined || undefined}
            onPointerMove={() => {
              setActive(index);
            }}
            onClick={() => {
              choose(pick);
            }}
            className={cx(
              'flex min-h-28 shrink-0 items-center gap-8 rounded-chip px-8 py-4 text-body select-none',
              index === at && 'bg-hover',
              pick.unavailable !== undefined && 'text-ink-3',
            )}
          >
            <span
              className="min-w-0 flex-1 wrap-anywhere"
              style={{ paddingInlineStart: 16 * (pick.depth ?? 0) }}
            >
              {pick.label}
              {pick.detail ? <span className="block text-meta text-ink-2">{pick.detail}</span> : null}
              {pick.unavailable ? (
                <span className="block text-meta text-ink-3">{pick.unavailable}</span>
              ) : null}
            </span>
            {pick.checked ? <Check aria-hidden size={16} strokeWidth={1.5} className="shrink-0" /> : null}
            {byFigure ? <Kbd keys={String(index + 1)} quiet /> : null}
          </div>
        ))}
      </div>
      {shown.length === 0 ? (
        <p role="status" className="py-4 text-meta text-ink-2">
          {empty}
        </p>
      ) : null}
    </div>
  );
}
