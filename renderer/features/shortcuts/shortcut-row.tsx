import { useRef } from 'react';
import type { OwnKeys } from '../../app/actions.ts';
import { cx } from '../../ui/cx.ts';
import { KeyCaps } from '../../ui/kbd.tsx';
import type { KeyedAction } from './catalogue.ts';
import { keysOf } from './conflicts.ts';
import { KeyRecorder } from './key-recorder.tsx';
import { withGiven, withKeys, withoutKeys } from './own-keys.ts';
import { strings } from './strings.ts';

/** One action: its name and keys; pressed, the place where others are typed. */
export function ShortcutRow({
  action,
  all,
  own,
  open,
  reachable,
  onReach,
  onOpen,
  onSave,
}: {
  readonly action: KeyedAction;
  readonly all: readonly KeyedAction[];
  readonly own: OwnKeys;
  readonly open: boolean;
  /** By Tab. */
  readonly reachable: boolean;
  readonly onReach: () => void;
  readonly onOpen: (open: boolean) => void;
  /** What holds from now on, and the key it came to. */
  readonly onSave: (own: OwnKeys, keys: string | undefined) => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const keys = keysOf(action, own);
  const changed = Object.hasOwn(own, action.id);
  const back = (): void => {
    onOpen(false);
    button.current?.focus();
  };
  const save = (next: OwnKeys, shown: string | undefined): void => {
    onSave(next, shown);
    button.current?.focus();
  };
  return (
    <li className={cx('rounded-control', open && 'bg-inset')}>
      <button
        ref={button}
        type="button"
        data-shortcut
        tabIndex={reachable ? 0 : -1}
        aria-expanded={open}
        onFocus={onReach}
        onClick={() => {
          onOpen(!open);
        }}
        className="relative -mx-8 flex min-h-28 w-[calc(100%+16px)] items-center gap-8 rounded-control px-8 py-2 text-start hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span
          aria-hidden
          className={cx('absolute start-px size-6 rounded-full', changed && 'bg-accent')}
          title={changed ? strings.changed : undefined}
        />
        <span className="min-w-0 flex-1">{action.title}</span>
        {keys.length === 0 ? <span className="text-meta text-ink-3">{strings.noKey}</span> : null}
        {keys.map((each) => (
          <KeyCaps key={each} keys={each} />
        ))}
        <span className="sr-only">{changed ? `${strings.changed}. ${strings.change}` : strings.change}</span>
      </button>
      {open ? (
        <KeyRecorder
          action={action}
          all={all}
          own={own}
          onSet={(next) => {
            save(withKeys(own, action, next, all), next);
          }}
          onClear={() => {
            save(withoutKeys(own, action), undefined);
          }}
          onReset={() => {
            save(withGiven(own, action, all), action.given[0]);
          }}
          onCancel={back}
        />
      ) : null}
    </li>
  );
}
