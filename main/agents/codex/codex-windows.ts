import type { RateWindow } from '../../domain/account/rate-window.ts';
import type { JsonObject } from '../../domain/primitives.ts';
import { numberAt, objectAt, textAt, timeAt } from '../json-event.ts';

const NAMES = new Map([
  [300, 'five_hour'],
  [10_080, 'seven_day'],
]);
const WARNS_FROM = 0.9;

/** The windows of a plan that `account/rateLimits/updated` tells of; none for a key that is paid by use. */
export function windowsOf(limits: JsonObject | undefined): RateWindow[] {
  const reached = textAt(limits, 'rateLimitReachedType') !== '';
  return ['primary', 'secondary'].flatMap((key) => {
    const window = objectAt(limits, key);
    const percent = numberAt(window, 'usedPercent');
    if (window === undefined || percent === null || percent < 0) return [];
    const minutes = numberAt(window, 'windowDurationMins');
    const used = percent / 100;
    const status =
      reached && used >= 1 ? ('rejected' as const) : used >= WARNS_FROM ? ('warning' as const) : 'allowed';
    const name = minutes === null ? key : (NAMES.get(minutes) ?? `${String(minutes)}_minutes`);
    return [{ name, used, resetsAt: timeAt(window, 'resetsAt'), status }];
  });
}
