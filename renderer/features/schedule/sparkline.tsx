import { runLook, runOutcome } from '../run/run-look.ts';
import type { IntentRow } from './intent-types.ts';
import { strings } from './strings.ts';

const step = 6;
const height = 16;
const fill = { well: 'fill-neutral', wrong: 'fill-danger', none: 'fill-line' } as const;

/** The last runs as bars as long as they worked, the newest at the right. One that went wrong has its mark on top as well as its colour. */
export function Sparkline({ history }: { readonly history: IntentRow['history'] }) {
  if (history.length === 0) return null;
  const most = Math.max(1, ...history.map(({ activeMs }) => activeMs));
  const words = strings.history(history.map(({ status }) => runLook(status).label));
  return (
    <svg
      role="img"
      aria-label={words}
      width={history.length * step}
      height={height}
      className="block shrink-0"
    >
      <title>{words}</title>
      {history.map(({ number, status, activeMs }, index) => {
        const outcome = runOutcome(status) ?? 'none';
        const long = Math.max(2, (activeMs / most) * (height - 5));
        return (
          <g key={number} className={fill[outcome]}>
            <rect x={index * step} y={height - long} width={step - 2} height={long} />
            {outcome === 'wrong' ? <rect x={index * step} y={0} width={step - 2} height={3} /> : null}
          </g>
        );
      })}
    </svg>
  );
}
