import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { Fragment, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { cx } from '../ui/cx.ts';
import { Kbd } from '../ui/kbd.tsx';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { useReturnFocus } from '../ui/use-return-focus.ts';
import { useActionList } from './actions-context.tsx';
import { usePaletteSources } from './palette-context.tsx';
import { paletteResults, type PaletteRow } from './palette-results.ts';
import { strings } from './strings.ts';

const words = strings.palette;

function Row({
  row,
  id,
  active,
  onHover,
  onPress,
}: {
  row: PaletteRow;
  id: string;
  active: boolean;
  onHover: () => void;
  onPress: () => void;
}) {
  const off = row.unavailable !== undefined;
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={off || undefined}
      onPointerMove={onHover}
      onClick={onPress}
      className={cx(
        'flex h-36 items-center gap-8 rounded-control px-12',
        active && 'bg-selected',
        off ? 'text-ink-3' : 'text-ink',
      )}
    >
      {row.glyph ? <StatusGlyph {...row.glyph} /> : null}
      <span className="min-w-0 truncate">{row.title}</span>
      {row.detail ? (
        <span className="min-w-0 shrink-[2] truncate text-meta text-ink-3">{row.detail}</span>
      ) : null}
      <span className="ml-auto flex min-w-0 shrink-0 items-center gap-8 pl-12">
        {off ? (
          <span className="text-meta">
            {words.unavailable}: {row.unavailable}
          </span>
        ) : row.keys ? (
          <Kbd keys={row.keys} />
        ) : null}
      </span>
    </div>
  );
}

function Body({ onChoose, recent }: { onChoose: (row: PaletteRow) => void; recent: readonly string[] }) {
  const actions = useActionList();
  const sources = usePaletteSources();
  const id = useId();
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () => paletteResults(query, actions, sources.all(), recent),
    [query, actions, sources, recent],
  );
  const active = Math.min(index, rows.length - 1);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, rows]);

  const choose = (row: PaletteRow | undefined): void => {
    if (row && row.unavailable === undefined) onChoose(row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const count = Math.max(1, rows.length);
    if (event.key === 'ArrowDown') setIndex((active + 1) % count);
    else if (event.key === 'ArrowUp') setIndex((active - 1 + count) % count);
    else if (event.key === 'PageDown') setIndex(Math.min(rows.length - 1, active + 10));
    else if (event.key === 'PageUp') setIndex(Math.max(0, active - 10));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(rows[active]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="flex h-48 shrink-0 items-center gap-8 border-b border-line px-16">
        <Search aria-hidden size={16} strokeWidth={1.5} className="text-ink-3" />
        <input
          role="combobox"
          aria-label={words.title}
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={rows[active] ? `${id}-${String(active)}` : undefined}
          aria-autocomplete="list"
          spellCheck={false}
          autoComplete="off"
          placeholder={words.placeholder}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setIndex(0);
          }}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 bg-transparent text-read text-ink outline-none placeholder:text-ink-3"
        />
      </div>
      <div
        id={`${id}-list`}
        ref={list}
        role="listbox"
        aria-label={words.title}
        className="max-h-[432px] min-h-0 overflow-y-auto p-4"
      >
        {rows.map((row, at) => (
          <Fragment key={row.id}>
            {row.group !== rows[at - 1]?.group ? (
              <div role="presentation" className="px-12 pt-8 pb-2 text-micro text-ink-3">
                {row.group}
              </div>
            ) : null}
            <Row
              row={row}
              id={`${id}-${String(at)}`}
              active={at === active}
              onHover={() => {
                setIndex(at);
              }}
              onPress={() => {
                choose(row);
              }}
            />
          </Fragment>
        ))}
      </div>
      {rows.length === 0 ? (
        <p className="px-16 pb-16 text-body text-ink-2">
          {/^[>#:@]/.test(query) ? words.emptyPrefix : words.empty}
        </p>
      ) : null}
      <div className="flex h-32 shrink-0 items-center gap-16 border-t border-line px-16 text-meta text-ink-3">
        {words.prefixes.map(({ prefix, name }) => (
          <span key={prefix} className="inline-flex items-center gap-4">
            <Kbd keys={prefix} /> {name}
          </span>
        ))}
        <span className="ml-auto inline-flex items-center gap-4">
          <Kbd keys="Enter" /> {words.run}
        </span>
      </div>
      <span role="status" className="sr-only">
        {words.results(rows.length)}
      </span>
    </>
  );
}

/** Opens at once and without motion: it is a keyboard's tool. */
export function CommandPalette({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const [recent, setRecent] = useState<readonly string[]>([]);
  const chosen = useRef<PaletteRow>(undefined);
  const popup = useRef<HTMLDivElement>(null);
  const finalFocus = useReturnFocus(open, popup);
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
      }}
      onOpenChangeComplete={(next) => {
        // Run after focus has gone back to the view: an action may open a dialog of its own.
        if (next) return;
        chosen.current?.run();
        chosen.current = undefined;
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          ref={popup}
          finalFocus={finalFocus}
          data-scope="dialog"
          className="fixed top-[15vh] left-1/2 z-50 flex max-h-[75vh] w-[min(640px,calc(100vw-32px))] -translate-x-1/2 flex-col overflow-hidden rounded-overlay border border-line bg-raised text-ink shadow-dialog outline-none"
        >
          <Dialog.Title className="sr-only">{words.title}</Dialog.Title>
          <Body
            recent={recent}
            onChoose={(row) => {
              chosen.current = row;
              setRecent([row.id, ...recent.filter((each) => each !== row.id)].slice(0, 5));
              onOpenChange(false);
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
