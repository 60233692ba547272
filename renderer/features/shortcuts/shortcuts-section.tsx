import { Search } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { OwnKeys } from '../../app/actions.ts';
import { usePreferences } from '../../app/shell-context.tsx';
import { Chip } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { keyPlaces, type KeyedAction } from './catalogue.ts';
import { keysOf } from './conflicts.ts';
import { ShortcutRow } from './shortcut-row.tsx';
import { keyWords } from './shown-keys.ts';
import { strings } from './strings.ts';
import { useKeyedActions } from './use-keyed-actions.ts';

/** Every action and its key, by where the key works. A change holds at once and can be taken back. */
export function ShortcutsSection() {
  const all = useKeyedActions();
  const [{ shortcuts: own, singleKeys }, setPreferences] = usePreferences();
  const [query, setQuery] = useState('');
  const [changedOnly, setChangedOnly] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const toast = useToast();
  const lists = useRef<HTMLDivElement>(null);
  const changed = all.filter(({ id }) => Object.hasOwn(own, id));
  const found = useMemo(
    () =>
      all.filter(
        (action) => (!changedOnly || Object.hasOwn(own, action.id)) && matches(action, own, query.trim()),
      ),
    [all, own, query, changedOnly],
  );

  const save = (next: OwnKeys, text: string): void => {
    const before = own;
    setPreferences({ shortcuts: next });
    setOpen(null);
    toast({
      text,
      action: {
        label: 'Undo',
        run: () => {
          setPreferences({ shortcuts: before });
        },
      },
    });
  };
  // One row is reached by Tab, the others by arrows from there.
  const step = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const rows = [...(lists.current?.querySelectorAll<HTMLElement>('[data-shortcut]') ?? [])];
    const at = rows.findIndex((row) => row === document.activeElement);
    if (by === 0 || at < 0) return;
    event.preventDefault();
    rows[at + by]?.focus();
  };
  const [at, setAt] = useState<string>();
  const reachable = found.some(({ id }) => id === at) ? at : found[0]?.id;
  return (
    <>
      <Switch
        label={strings.singleKeys}
        help={strings.singleKeysHelp}
        checked={singleKeys}
        onCheckedChange={(next) => {
          setPreferences({ singleKeys: next });
        }}
      />
      <p className="text-ink-2">{strings.help}</p>
      <div className="sticky top-0 z-10 -mx-4 flex flex-wrap items-center gap-8 bg-canvas px-4 py-4">
        <TextField
          icon={Search}
          className="min-w-[200px] flex-1"
          aria-label={strings.search}
          placeholder={strings.search}
          value={query}
          onValueChange={setQuery}
        />
        <Chip
          pressed={changedOnly}
          onPress={() => {
            setChangedOnly(!changedOnly);
          }}
        >
          {strings.only}
        </Chip>
        <Button
          unavailable={changed.length === 0 ? strings.count(0) : undefined}
          onClick={() => {
            save({}, strings.resetAllDone(changed.length));
          }}
        >
          {strings.resetAll}
        </Button>
      </div>
      <p role="status" className="sr-only">
        {strings.count(changed.length)}
      </p>
      {found.length === 0 ? (
        <p className="text-ink-2">{query.trim() === '' ? strings.count(0) : strings.none(query.trim())}</p>
      ) : null}
      <div ref={lists} className="flex flex-col gap-16" onKeyDown={step}>
        {keyPlaces.map((place) => {
          const rows = found.filter(({ places }) => places[0] === place);
          return rows.length === 0 ? null : (
            <section key={place} aria-label={strings.list(strings.places[place])}>
              <h3 className="border-b border-line pb-4 text-body font-strong">{strings.places[place]}</h3>
              <ul className="flex flex-col pt-4">
                {rows.map((action) => (
                  <ShortcutRow
                    key={action.id}
                    action={action}
                    all={all}
                    own={own}
                    open={open === action.id}
                    reachable={action.id === reachable}
                    onReach={() => {
                      setAt(action.id);
                    }}
                    onOpen={(next) => {
                      setOpen(next ? action.id : null);
                    }}
                    onSave={(next, keys) => {
                      save(next, strings.saved(action.title, keys === undefined ? '' : keyWords(keys)));
                    }}
                  />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </>
  );
}

function matches(action: KeyedAction, own: OwnKeys, query: string): boolean {
  const words = query.toLowerCase();
  const place = action.places.map((each) => strings.places[each]).join(' ');
  const keys = keysOf(action, own).map((each) => keyWords(each).toLowerCase());
  return (
    words === '' ||
    `${action.title} ${place}`.toLowerCase().includes(words) ||
    keys.some((each) => each === words)
  );
}
