import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

/**
 * What views are measured beside: the least a list of the same size must do with the same library. It reads its rows from a server, shows
 * those in sight, filters them by typed words, and takes changes from a stream. It has no styles, no keyboard, no states.
 */
interface Row {
  readonly id: number;
  readonly text: string;
}

const asked = new URLSearchParams(location.search);
const height = Number(asked.get('height') ?? 88);
const width = Number(asked.get('width') ?? 264);

function BareList() {
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [words, setWords] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void fetch(`rows${location.search}`).then(async (reply) => {
      setRows((await reply.json()) as Row[]);
    });
    const stream = new EventSource(`changes${location.search}`);
    stream.onmessage = ({ data }) => {
      const changed = new Map((JSON.parse(String(data)) as Row[]).map((row) => [row.id, row]));
      setRows((before) => before.map((row) => changed.get(row.id) ?? row));
    };
    return () => {
      stream.close();
    };
  }, []);
  const shown = words === '' ? rows : rows.filter(({ text }) => text.includes(words));
  const list = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 4,
  });
  return (
    <>
      <input
        aria-label="Search"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
        }}
      />
      <span data-bench-count>{shown.length}</span>
      <div ref={scroller} className="list" data-bench-scroller>
        <div className="inner" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map((item) => (
            <div
              key={item.key}
              className="row"
              data-bench-row
              style={{ height, width, transform: `translateY(${String(item.start)}px)` }}
            >
              {shown[item.index]?.text}
            </div>
          ))}
        </div>
      </div>
    </>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<BareList />);
