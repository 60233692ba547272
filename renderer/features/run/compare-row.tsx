import { EqualNot } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import { strings } from './compare-strings.ts';

/** One line of the comparison. Where the two differ, a mark beside the name says so: not colour, and not position alone. */
export function CompareRow({
  name,
  left,
  right,
  differs,
}: {
  name: ReactNode;
  left: ReactNode;
  right: ReactNode;
  differs: boolean;
}) {
  const cell = cx(
    'border-t border-line py-6 pe-16 align-top wrap-anywhere',
    differs ? 'text-ink' : 'text-ink-2',
  );
  return (
    <tr>
      <th
        scope="row"
        className="border-t border-line py-6 pe-12 text-start align-top text-meta font-regular text-ink-3"
      >
        <span className="flex items-baseline gap-6">
          <span className="min-w-0 wrap-anywhere">{name}</span>
          {differs ? (
            <EqualNot
              role="img"
              aria-label={strings.differs}
              size={14}
              strokeWidth={1.5}
              className="shrink-0 self-center text-ink-2"
            />
          ) : null}
        </span>
      </th>
      <td className={cell}>{left}</td>
      <td className={cell}>{right}</td>
    </tr>
  );
}

export function CompareHead({ title, columns }: { title: string; columns: readonly [string, string] }) {
  return (
    <thead>
      <tr>
        <th scope="col" className="pt-20 pb-4 text-start text-body font-strong">
          {title}
        </th>
        {columns.map((column) => (
          <th key={column} scope="col" className="pt-20 pb-4 text-start text-meta font-regular text-ink-3">
            {column}
          </th>
        ))}
      </tr>
    </thead>
  );
}
