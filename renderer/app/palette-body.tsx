import { Search } from 'lucide-react';
import {
  Fragment,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { KeyCaps } from '../ui/kbd.tsx';
import { useActionList } from './actions-context.tsx';
import { usePaletteSources } from './palette-context.tsx';
import { PaletteChip } from './palette-chip.tsx';
import { bestMatches } from './palette-match.ts';
import { paletteResults, readQuery, withFound, type PaletteRow } from './palette-results.ts';
import { PaletteRowView } from './palette-row.tsx';
import { strings } from './strings.ts';
import { usePaletteFind } from './use-palette-find.ts';

const words = strings.palette;

/** The actions of one row, once they are read; the palette shows them instead of everything else. */
interface Inside {
  readonly row: PaletteRow;
  readonly rows: readonly PaletteRow[] | undefined;
}

export function PaletteBody({
  onChoose,
  onBehind,
  recent,
  leaveRef,
}: {
  onChoose: (row: PaletteRow) => void;
  /** Carried out while the palette stays open. */
  onBehind: (row: PaletteRow) => void;
  recent: readonly PaletteRow[];
  /** Set to what Escape does first; false: it closes the palette. */
  leaveRef: RefObject<() => boolean>;
}) {
  const actions = useActionList();
  const sources = usePaletteSources();
  const id = useId();
  const [query, setQuery] = useState('');
  const [inside, setInside] = useState<Inside>();
  const [chosen, setChosen] = useState<string>();
  /** What became of the row that was run behind the palette. */
  const [said, setSaid] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  // As it was when the palette opened: what is behind it does not change what a row means.
  const [subject] = useState(() => sources.subject());
  const [dropped, setDropped] = useState(false);
  const find = usePaletteFind(inside ? '>' : query);
  const local = useMemo(
    () => paletteResults(query, actions, sources.all(), recent, dropped),
    [query, actions, sources, recent, dropped],
  );
  const { answer, awaited, former, none } = find;
  const all = useMemo(() => withFound(query, local, answer, awaited), [query, local, answer, awaited]);
  const nothing = all.length === 0 && !awaited;
  const offersOther = nothing && find.failure === undefined && none !== undefined;
  const rows = useMemo<readonly PaletteRow[]>(() => {
    if (inside) return bestMatches(inside.rows ?? [], query, ({ title }) => title, 20);
    return offersOther ? [{ ...none, group: words.noneFound }] : all;
  }, [inside, query, offersOther, none, all]);
  // Former rows keep the height while the answer is awaited; they are not offered.
  const known = new Set(rows.map((row) => row.id));
  const faded =
    !inside && awaited && former
      ? withFound(query, local, former, true).filter((row) => !known.has(row.id))
      : [];
  // What is chosen is known by what it is, not by where it stands: what comes later does not move it.
  const active = Math.max(
    0,
    rows.findIndex((row) => row.id === chosen),
  );

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, rows]);
  useEffect(() => {
    leaveRef.current = () => {
      if (!inside) return false;
      setInside(undefined);
      setQuery('');
      setChosen(inside.row.id);
      return true;
    };
  }, [leaveRef, inside]);

  const choose = (row: PaletteRow | undefined): void => {
    if (row && row.unavailable === undefined) onChoose(row);
  };
  const runBehind = (row: PaletteRow | undefined): void => {
    if (!row || row.unavailable !== undefined) return;
    if (row.stays !== true) {
      setSaid(words.notBehind);
      return;
    }
    onBehind(row);
    setSaid(words.ran(row.title));
  };
  const enter = (row: PaletteRow): void => {
    if (!row.more) return;
    setInside({ row, rows: undefined });
    setQuery('');
    void row.more().then((items) => {
      setInside((now) =>
        now?.row === row ? { row, rows: items.map((item) => ({ ...item, group: '' })) } : now,
      );
    });
  };
  const step = (to: number): void => {
    setChosen(rows[(to + rows.length) % Math.max(1, rows.length)]?.id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const { selectionStart, value } = event.currentTarget;
    const row = rows[active];
    if (event.key !== 'Alt') setSaid(undefined);
    if (event.key === 'ArrowDown') step(active + 1);
    else if (event.key === 'ArrowUp') step(active - 1);
    else if (event.key === 'PageDown') step(Math.min(rows.length - 1, active + 10));
    else if (event.key === 'PageUp') step(Math.max(0, active - 10));
    else if (event.key === 'ArrowRight' && row?.more && selectionStart === value.length) enter(row);
    else if ((event.key === 'ArrowLeft' || event.key === 'Backspace') && inside && value === '')
      leaveRef.current();
    else if (event.key === 'Backspace' && value === '' && subject !== undefined && !dropped) setDropped(true);
    else if (event.key === 'Enter' && event.altKey) runBehind(row);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(row);
    else return;
    event.preventDefault();
  };
  const { prefix } = readQuery(query);
  const loading = inside ? inside.rows === undefined : awaited && faded.length === 0;
  return (
    <>
      <div className="flex h-48 shrink-0 items-center gap-8 border-b border-line px-16">
        <Search aria-hidden size={16} strokeWidth={1.5} className="shrink-0 text-ink-3" />
        <input
          ref={field}
          role="combobox"
          aria-label={inside ? words.moreOf(inside.row.title) : words.title}
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={rows[active] ? `${id}-${String(active)}` : undefined}
          aria-autocomplete="list"
          spellCheck={false}
          autoComplete="off"
          placeholder={inside ? words.morePlaceholder : words.placeholder}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setChosen(undefined);
          }}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 bg-transparent text-read text-ink outline-none placeholder:text-ink-3"
        />
        {inside ? (
          <PaletteChip
            text={inside.row.title}
            label={words.back}
            onPress={() => {
              leaveRef.current();
            }}
          />
        ) : subject !== undefined && !dropped ? (
          <PaletteChip
            text={subject}
            label={words.drop(subject)}
            onPress={() => {
              setDropped(true);
              field.current?.focus();
            }}
          />
        ) : null}
      </div>
      <div
        id={`${id}-list`}
        ref={list}
        role="listbox"
        aria-label={words.title}
        aria-busy={loading || undefined}
        className="max-h-[min(440px,60vh)] min-h-0 overflow-y-auto p-4"
      >
        {rows.map((row, at) => (
          <Fragment key={row.id}>
            <Heading group={row.group} before={rows[at - 1]?.group} />
            <PaletteRowView
              row={row}
              id={`${id}-${String(at)}`}
              active={at === active}
              onHover={() => {
                setChosen(row.id);
              }}
              onPress={() => {
                choose(row);
              }}
            />
          </Fragment>
        ))}
        {faded.map((row, at) => (
          <Fragment key={`former ${row.id}`}>
            <Heading group={row.group} before={at === 0 ? rows.at(-1)?.group : faded[at - 1]?.group} />
            <PaletteRowView row={row} active={false} former />
          </Fragment>
        ))}
        {loading ? (
          <p className="flex h-36 items-center px-12 text-meta text-ink-3">{words.searching}</p>
        ) : null}
      </div>
      {find.failure ? (
        <p role="alert" className="flex items-center gap-8 px-16 pb-8 text-meta text-danger-text">
          <span className="min-w-0 flex-1">{words.failed(find.failure)}</span>
          <button
            type="button"
            onClick={find.retry}
            className="shrink-0 font-medium text-accent-text underline"
          >
            {words.again}
          </button>
        </p>
      ) : null}
      {!inside && nothing && !offersOther && !find.failure ? (
        <p className="px-16 pb-12 text-body text-ink-2">{prefix === '' ? words.empty : words.emptyPrefix}</p>
      ) : null}
      <div className="flex h-32 shrink-0 items-center gap-16 overflow-hidden border-t border-line px-16 text-meta whitespace-nowrap text-ink-3">
        {said !== undefined ? (
          <span className="min-w-0 truncate text-ink-2">{said}</span>
        ) : answer?.hint === undefined ? (
          words.prefixes.map((each) => (
            <span key={each.prefix} className="inline-flex items-center gap-4">
              <KeyCaps keys={each.prefix} /> {each.name}
            </span>
          ))
        ) : (
          <span className="min-w-0 truncate">{answer.hint}</span>
        )}
        <span className="ms-auto inline-flex items-center gap-4">
          {rows[active]?.more ? (
            <>
              <KeyCaps keys="ArrowRight" /> {words.more}
            </>
          ) : null}
          {rows[active]?.stays === true && rows[active].unavailable === undefined ? (
            <>
              <KeyCaps keys="Alt+Enter" /> {words.behind}
            </>
          ) : null}
          <KeyCaps keys="Enter" /> {words.run}
        </span>
      </div>
      <span role="status" className="sr-only">
        {said ?? (awaited ? words.searching : words.results(rows.length))}
      </span>
    </>
  );
}

function Heading({ group, before }: { group: string; before: string | undefined }) {
  return group === before || group === '' ? null : (
    <div role="presentation" className="truncate px-12 pt-8 pb-2 text-micro text-ink-3">
      {group}
    </div>
  );
}
