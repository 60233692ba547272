import type { OutputOf } from '../../../preload/contract/operations.ts';
import { forecastBasis } from '../../domain/account/night-plan.ts';
import { plainText } from '../plain-text.ts';
import type { CommandContext } from './io.ts';
import { table } from './table.ts';
import { duration } from './words.ts';

type Plan = OutputOf<'account.plan'>;

/** A night's plan for a terminal: what starts when, and what will not fit and why. */
export function nightWords(plan: Plan, { width, paint }: Pick<CommandContext, 'width' | 'paint'>): string {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: plan.zone,
    hour: '2-digit',
    minute: '2-digit',
  });
  const at = (iso: string): string => clock.format(Date.parse(iso));
  const labels = new Map(plan.accounts.map(({ id, label }) => [id, label]));
  const ref = (number: number | null): string => (number === null ? 'due' : `#${String(number)}`);
  const head = `Night from ${at(plan.nightFrom)} to ${at(plan.nightTo)} (${plan.zone}): ${String(plan.fits.length)} fit, ${String(plan.leftOut.length)} will not.`;
  const fits = table(
    [
      { title: 'START', cell: (it) => at(it.startsAt) },
      { title: 'RUN', cell: (it) => ref(it.number) },
      { title: 'WHAT', cell: (it) => it.name, flexible: true },
      { title: 'WITH', cell: (it) => labels.get(it.accountId ?? '') ?? it.executor },
      { title: 'ABOUT', cell: (it) => duration(it.forecast.durationMs.likely), align: 'right' },
      { title: 'TOKENS', cell: (it) => tokensOf(it), align: 'right' },
      {
        title: 'FROM',
        cell: (it) =>
          `${forecastBasis.labels[it.forecast.basis]}${it.assumed ? '; window size not known' : ''}`,
      },
    ],
    plan.fits,
    width,
    paint,
  );
  const left = plan.leftOut.map((it) => `${ref(it.number)} ${plainText(it.name)}: ${plainText(it.why)}`);
  return [
    head,
    ...(plan.fits.length > 0 ? [fits] : []),
    ...(left.length > 0 ? ['Will not fit:', ...left] : []),
  ].join('\n');
}

function tokensOf({ forecast: { tokens } }: Plan['fits'][number]): string {
  const short = (figure: number): string =>
    figure >= 10_000 ? `${String(Math.round(figure / 1_000))}k` : String(figure);
  return `${short(tokens.likely)} (${short(tokens.low)}–${short(tokens.high)})`;
}
