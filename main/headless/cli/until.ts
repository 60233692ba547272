import { formatTime, parseTime } from '../../shared/clock.ts';
import { refuse } from './ask.ts';
import type { CommandContext } from './io.ts';

/** A time that was typed (`2027-01-31T09:00`), as it is stored. */
export function readTime(typed: string): string {
  const at = parseTime(typed);
  if (Number.isNaN(at))
    refuse({ tag: 'invalid_input', message: `${typed} is not a time.`, hint: 'Such as 2027-01-31T09:00.' });
  return formatTime(at);
}

/** The time after a span that was typed (`30min`, `4h`, `2d`), as it is stored. */
export function afterSpan(context: CommandContext, typed: string): string {
  const match = /^(\d{1,4})(min|h|d)$/u.exec(typed);
  const unit = { min: 60_000, h: 3_600_000, d: 86_400_000 }[match?.[2] ?? ''];
  if (!match || unit === undefined)
    return refuse({
      tag: 'invalid_input',
      message: 'That is not a time span.',
      hint: 'Such as 30min, 4h or 2d.',
    });
  return formatTime(context.clock.now() + Number(match[1]) * unit);
}
