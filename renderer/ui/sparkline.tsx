/** A line of a few values without axes: which way something went. Fewer than two are no trend, and draw nothing. */
export function Sparkline({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const x = (index: number): number => 2 + (index / (values.length - 1)) * (width - 4);
  // A line that never moved runs through the middle.
  const y = (value: number): number =>
    span === 0 ? height / 2 : height - 3 - ((value - low) / span) * (height - 6);
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      className="block text-ink-2"
    >
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx={x(values.length - 1)} cy={y(values.at(-1) ?? 0)} r={2} fill="currentColor" />
    </svg>
  );
}

const width = 72;
const height = 18;
