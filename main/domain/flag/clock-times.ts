import { z } from 'zod';
import type { Checked } from './flag-spec.ts';

const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`;
const oneTime = new RegExp(`^(?:${time})?$`, 'u');
const oneRange = new RegExp(`^(?:${time}-${time})?$`, 'u');

/** A time of day such as `08:30`, or nothing. */
export function timeOfDay(): Checked {
  return {
    value: { type: 'time_of_day' },
    schema: z.string().regex(oneTime, 'Give a time such as 08:30, or nothing.'),
  };
}

/** Two times of day such as `22:00-07:00`, the second of the next day where it is the earlier one, or nothing. */
export function timeRange(): Checked {
  return {
    value: { type: 'time_range' },
    schema: z
      .string()
      .regex(oneRange, 'Give two times such as 22:00-07:00, or nothing.')
      .refine((text) => text === '' || text.slice(0, 5) !== text.slice(6), 'Give two different times.'),
  };
}
