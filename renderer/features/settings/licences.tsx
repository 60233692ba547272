import { ChevronRight, Search } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { strings } from './strings.ts';
import { matchLicences, useLicences, type ShownLicence } from './use-licences.ts';

const words = strings.licences;

/** The terms of Homer and of everything it holds of others; read when asked for, as the texts are long. */
export function Licences() {
  const [opened, setOpened] = useState(false);
  return (
    <section aria-label={words.title} className="flex flex-col gap-8">
      <h3 className="border-b border-line pb-4 text-title">{words.title}</h3>
      <p className="text-ink-2">{words.own}</p>
      {opened ? (
        <List />
      ) : (
        <Button
          className="self-start"
          onClick={() => {
            setOpened(true);
          }}
        >
          {words.show}
        </Button>
      )}
    </section>
  );
}

function List() {
  const list = useLicences();
  const [typed, setTyped] = useState('');
  if (list === 'reading') return <SkeletonRows rows={4} />;
  if (list === 'missing') return <p className="text-ink-2">{words.missing}</p>;
  const found = matchLicences(list, typed);
  return (
    <>
      <div className="flex items-center gap-12">
        <TextField
          autoFocus
          icon={Search}
          className="w-[300px] max-w-full"
          aria-label={words.search}
          placeholder={words.search}
          value={typed}
          onValueChange={setTyped}
        />
        <span role="status" className="text-meta text-ink-2 tabular-nums">
          {words.count(found.length, list.length)}
        </span>
      </div>
      <ul aria-label={words.title} className="flex flex-col">
        {found.map((each) => (
          <Row key={`${each.name} ${each.version}`} each={each} />
        ))}
      </ul>
    </>
  );
}

function Row({ each }: { each: ShownLicence }) {
  const [opened, setOpened] = useState(false);
  const id = useId();
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        aria-expanded={opened}
        aria-controls={opened ? id : undefined}
        onClick={() => {
          setOpened(!opened);
        }}
        className="flex min-h-32 w-full items-center gap-8 rounded-control text-start hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          size={16}
          strokeWidth={1.5}
          className={cx('shrink-0 text-ink-3 transition-transform duration-fast', opened && 'rotate-90')}
        />
        <span className="min-w-0 flex-1 truncate">
          {each.name} <span className="text-meta text-ink-3 tabular-nums">{each.version}</span>
        </span>
        <span className="shrink-0 pe-4 text-meta text-ink-2">{each.licence}</span>
      </button>
      {opened ? (
        <pre
          id={id}
          // Reached by keyboard, so that it can be scrolled.
          tabIndex={0}
          aria-label={words.textOf(each.name)}
          className="mb-8 ms-24 max-h-[320px] overflow-y-auto rounded-control bg-inset p-12 font-mono text-code whitespace-pre-wrap wrap-anywhere"
        >
          {each.text}
        </pre>
      ) : null}
    </li>
  );
}
