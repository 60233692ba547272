import type { Quota } from '../../domain/account/quota.ts';
import { refuse } from './ask.ts';

const FORM =
  'Write it as NAME:PERIOD,LIMIT such as five_hour:5h,tokens=2000000 or day:day,cost=5,zone=Europe/Berlin,at=06:00.';

/** A window as it is typed: `five_hour:5h,tokens=2000000`. What it may hold is checked where it arrives. */
export function readQuota(text: string): Quota {
  const [name = '', ...rest] = text.split(':');
  const [period = '', ...parts] = rest.join(':').split(',');
  const hours = /^(\d{1,4})h$/u.exec(period)?.[1];
  const known =
    hours !== undefined
      ? 'rolling'
      : period === 'day' || period === 'week' || period === 'month'
        ? period
        : null;
  if (known === null) return wrong(text);
  const quota: { -readonly [K in keyof Quota]: Quota[K] } = {
    name,
    period: known,
    hours: hours === undefined ? null : Number(hours),
    zone: null,
    at: null,
    weekday: null,
    tokens: null,
    requests: null,
    costMicroUsd: null,
  };
  for (const part of parts) {
    const [key = '', value = ''] = part.split('=');
    if (value === '') return wrong(text);
    if (key === 'zone' || key === 'at') quota[key] = value;
    else if (key === 'tokens' || key === 'requests' || key === 'weekday') quota[key] = Number(value);
    else if (key === 'cost') quota.costMicroUsd = Math.round(Number(value) * 1_000_000);
    else return wrong(text);
  }
  if ([quota.tokens, quota.requests, quota.weekday, quota.costMicroUsd].some(Number.isNaN))
    return wrong(text);
  return quota;
}

function wrong(text: string): never {
  return refuse({ tag: 'invalid_input', message: `This window cannot be read: ${text}`, hint: FORM });
}
