import { formatBytes } from './format-time.ts';

export function Bytes({ value }: { value: number }) {
  return (
    <span className="whitespace-nowrap tabular-nums" title={`${value.toLocaleString('en')} bytes`}>
      {formatBytes(value)}
    </span>
  );
}
