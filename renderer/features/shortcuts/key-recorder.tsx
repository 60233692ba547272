import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { OwnKeys } from '../../app/actions.ts';
import { usePreferences } from '../../app/shell-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { KeyedAction } from './catalogue.ts';
import { conflictsOf, isOfLists, keysOf, spelledAs, type KeyConflict } from './conflicts.ts';
import { SEQUENCE_MS } from '../../app/key-dispatch.ts';
import { pressOf } from './press-of.ts';
import { keyWords } from './shown-keys.ts';
import { strings } from './strings.ts';

/** Hears the keys that an action shall have, and says whose they are before they are taken. */
export function KeyRecorder({
  action,
  all,
  own,
  onSet,
  onClear,
  onReset,
  onCancel,
}: {
  readonly action: KeyedAction;
  readonly all: readonly KeyedAction[];
  readonly own: OwnKeys;
  readonly onSet: (keys: string) => void;
  readonly onClear: () => void;
  readonly onReset: () => void;
  readonly onCancel: () => void;
}) {
  const [{ singleKeys }] = usePreferences();
  const [presses, setPresses] = useState<readonly string[]>([]);
  const last = useRef(-Infinity);
  const box = useRef<HTMLDivElement>(null);
  const wanted = presses.length === 0 ? '' : spelledAs(presses.join(' '), all);
  const conflicts = wanted === '' ? [] : conflictsOf(action, wanted, all, own);
  const taken = conflicts.filter(({ kind }) => kind === 'taken' || kind === 'overlaps');
  const changed = Object.hasOwn(own, action.id);

  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      // Who would lose the key is read first: taking it over needs its button.
      last.current = -Infinity;
      if (wanted !== '' && taken.length === 0) onSet(wanted);
      return;
    }
    const pressed = pressOf(event.nativeEvent);
    if (pressed === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (pressed === undefined || event.repeat) return;
    // As long as the second press of a sequence may take; later, or after a refusal, it begins anew.
    const follows = event.timeStamp - last.current < SEQUENCE_MS && presses.length === 1;
    last.current = event.timeStamp;
    setPresses(follows ? [...presses, pressed] : [pressed]);
  };
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (presses.length > 0) setPresses([]);
    else onCancel();
  };
  // Whose key it is stands below, and is read before anything is pressed.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [wanted]);
  const notes = [
    ...conflicts.filter(({ kind }) => kind === 'shadowed' || kind === 'shadows').map(noteOf),
    ...(wanted !== '' && isOfLists(wanted) && !action.given.includes(wanted) ? [strings.ofLists] : []),
    ...(wanted !== '' && !singleKeys && !/\$mod|Control|Meta/u.test(wanted) ? [strings.single] : []),
  ];
  const given = action.given.map(keyWords).join(', ');
  return (
    <div ref={box} className="flex flex-col gap-8 px-16 pt-4 pb-12" onKeyDown={leave}>
      <div onKeyDown={press}>
        <Field
          label={strings.recorder(action.title)}
          hideLabel
          help={
            wanted === ''
              ? strings.fixed
              : notes.map((note) => (
                  <span key={note} className="block">
                    {note}
                  </span>
                ))
          }
          error={taken.length > 0 ? faultOf(taken, wanted) : undefined}
        >
          <TextField
            autoFocus
            readOnly
            value={wanted === '' ? '' : keyWords(wanted)}
            placeholder={strings.press}
            onValueChange={() => undefined}
          />
        </Field>
      </div>
      <div className="flex flex-wrap items-center gap-8">
        <Button
          size="small"
          keys={taken.length > 0 ? undefined : 'Enter'}
          disabled={wanted === ''}
          onClick={() => {
            onSet(wanted);
          }}
        >
          {taken.length > 0 ? strings.take : strings.set}
        </Button>
        {changed ? (
          <Button size="small" onClick={onReset}>
            {strings.reset(given)}
          </Button>
        ) : null}
        {keysOf(action, own).length > 0 ? (
          <Button size="small" variant="ghost" onClick={onClear}>
            {strings.clear}
          </Button>
        ) : null}
        <Button size="small" variant="ghost" className="ms-auto" onClick={onCancel}>
          {strings.cancel}
        </Button>
      </div>
    </div>
  );
}

function faultOf([first, ...others]: readonly KeyConflict[], wanted: string): string {
  if (!first) return '';
  const say = first.kind === 'overlaps' ? strings.begins : strings.conflict;
  return [
    say(keyWords(wanted), first.action.title, strings.places[first.place]),
    ...(others.length > 0 ? [strings.andMore(others.length)] : []),
    strings.conflictHint,
  ].join(' ');
}

function noteOf({ action, place, kind }: KeyConflict): string {
  return (kind === 'shadowed' ? strings.shadowed : strings.shadows)(action.title, strings.places[place]);
}
