import { formatDuration } from '../../ui/format-time.ts';
import { formatCost } from '../proposal/format-cost.ts';
import type { Unit } from './insight-types.ts';

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const money = new Intl.NumberFormat('en', {
  style: 'currency',
  currency: 'USD',
  notation: 'compact',
  maximumFractionDigits: 2,
});

/** A value in full, as a figure or in a table; a dash where there is nothing to tell. */
export function formatValue(value: number | null, unit: Unit): string {
  if (value === null) return '–';
  switch (unit) {
    case 'share':
      return percent.format(value);
    case 'micro_usd':
      return formatCost(value);
    case 'ms':
      return value < 1_000
        ? `${value < 10 ? value.toFixed(1) : String(Math.round(value))} ms`
        : formatDuration(value);
    case 'tokens':
      return `${short.format(value)} tokens`;
    case 'count':
      return whole.format(value);
  }
}

/** The same beside a line of the axis, where it must be short: whole units have no empty second one. */
export function formatTick(value: number, unit: Unit): string {
  if (value === 0) return '0';
  if (unit === 'micro_usd') return money.format(value / 1_000_000);
  if (unit === 'ms' && value >= 1_000) return formatDuration(value).replace(/ 0+[a-z]$/u, '');
  if (unit === 'ms') return `${String(Number(value.toPrecision(2)))} ms`;
  return unit === 'share' ? percent.format(value) : short.format(value);
}
