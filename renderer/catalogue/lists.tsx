import { Check } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Split } from '../ui/split.tsx';
import { StatusGlyph, type GlyphShape } from '../ui/status-glyph.tsx';
import { VirtualList } from '../ui/virtual-list.tsx';
import { shapes } from './shapes.ts';

interface Line {
  readonly id: string;
  readonly shape: GlyphShape;
  readonly title: string;
}
const line = (index: number): Line => ({
  id: `row-${String(index)}`,
  shape: shapes[index % shapes.length]?.[0] ?? 'dashed',
  title: `Row ${String(index)} of a long list`,
});

export function Lists() {
  const many = useMemo(() => Array.from({ length: 10_000 }, (_, index) => line(index)), []);
  const [selected, setSelected] = useState<string | null>('row-1');
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set(['row-3']));
  const [log, setLog] = useState(() => Array.from({ length: 200 }, (_, index) => line(index)));
  const nextLine = useRef(200);
  const row = (item: Line, checkedRow = false) => (
    <div className="flex h-32 items-center gap-8 px-12">
      <StatusGlyph shape={item.shape} still label={item.shape} />
      <span className="min-w-0 flex-1 truncate">{item.title}</span>
      {checkedRow ? <Check aria-hidden size={14} strokeWidth={1.5} /> : null}
      <span className="text-meta text-ink-2">12m 04s</span>
    </div>
  );
  return (
    <div className="flex h-[260px] w-full rounded-card border border-line bg-surface">
      <Split
        label="Resize the list"
        initial={320}
        first={
          <VirtualList
            label="Many rows"
            items={many}
            itemKey={(item) => item.id}
            rowHeight={32}
            selected={selected}
            onSelect={setSelected}
            checked={checked}
            onCheckedChange={setChecked}
            renderRow={(item, state) => row(item, state.checked)}
          />
        }
        second={
          <>
            <div className="flex items-center gap-8 border-b border-line p-4">
              <Button
                size="small"
                onClick={() => {
                  setLog([...log, line((nextLine.current += 1))]);
                }}
              >
                Append
              </Button>
              <Button
                size="small"
                onClick={() => {
                  setLog([line(-(nextLine.current += 1)), ...log]);
                }}
              >
                Prepend
              </Button>
            </div>
            <VirtualList
              label="Log"
              kind="list"
              follow
              items={log}
              itemKey={(item) => item.id}
              rowHeight={32}
              renderRow={(item) => row(item)}
            />
          </>
        }
      />
    </div>
  );
}
