import { Duration } from '../ui/duration.tsx';
import { Popover } from '../ui/popover.tsx';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { Time } from '../ui/time.tsx';
import { useShellState } from './shell-context.tsx';
import { strings } from './strings.ts';

const words = strings.connection;

/** Quiet while all is well; says since when once it is not. */
export function ConnectionState() {
  const { connection } = useShellState();
  const { state, since } = connection;
  const glyph = state === 'live' ? 'check' : state === 'connecting' ? 'dashed' : 'hourglass';
  return (
    <Popover
      align="end"
      title={words[state]}
      trigger={
        <button
          type="button"
          className="inline-flex h-24 items-center gap-6 rounded-control px-8 text-meta text-ink-2 hover:bg-hover"
        >
          <StatusGlyph shape={glyph} tone={state === 'lost' ? 'attention' : 'neutral'} />
          <span role="status" data-connection>
            {words[state]}
          </span>
          {state === 'lost' && since ? <Duration since={since} className="text-attention-text" /> : null}
        </button>
      }
    >
      <p className="max-w-[280px] text-body text-ink-2">{words[`${state}Detail`]}</p>
      {since ? (
        <p className="mt-4 text-meta text-ink-3">
          {words.since} <Time at={since} />
        </p>
      ) : null}
    </Popover>
  );
}
