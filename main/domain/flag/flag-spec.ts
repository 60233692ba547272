import { z } from 'zod';
import { valueList, type ValueOf } from '../value-list.ts';

/** Headings that the settings stand under, in this order. */
export const flagGroup = valueList({
  work: 'Work at the same time',
  budget: 'Budget of a run',
  money: 'Accounts and cost',
  local: 'Local model',
  time: 'Schedule',
  ideas: 'Discovery and plans',
  board: 'Board',
  trouble: 'When something goes wrong',
  workspace: 'Worktrees and applying',
  data: 'Backups and history',
  desktop: 'Desktop app',
  notify: 'Notifications',
  notify_kinds: 'How each kind is told',
});

/** What a value is, and so what it is changed with. */
export const flagValueSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('switch') }),
  z.object({
    type: z.literal('number'),
    least: z.int(),
    most: z.int(),
    /** "ms", "min", "h" and "days" are lengths of time; others are shown as they are. */
    unit: z.string(),
  }),
  z.object({ type: z.literal('text'), most: z.int() }),
  /** `08:30`, or nothing. */
  z.object({ type: z.literal('time_of_day') }),
  /** `22:00-07:00`, or nothing. */
  z.object({ type: z.literal('time_range') }),
  /** One of a few words; what each is called. */
  z.object({ type: z.literal('choice'), options: z.record(z.string(), z.string()) }),
  /** One of a few words, or the name of an executor. */
  z.object({ type: z.literal('executor'), options: z.record(z.string(), z.string()) }),
  /** The name of a model: of this executor, or of the one that the setting `flag` names. */
  z.object({
    type: z.literal('model'),
    most: z.int(),
    of: z.union([z.object({ executor: z.string() }), z.object({ flag: z.string() })]),
  }),
]);
export type FlagValue = z.infer<typeof flagValueSchema>;

export interface FlagSpec {
  readonly group: ValueOf<typeof flagGroup>;
  readonly name: string;
  readonly defaultValue: string;
  readonly description: string;
  readonly value: FlagValue;
  readonly schema: z.ZodType<string>;
}

/** What holds a value, and what checks it. */
export type Checked = Pick<FlagSpec, 'value' | 'schema'>;

export function whole(least: number, most: number, unit: string): Checked {
  const schema = z
    .string()
    .regex(/^\d+$/u, 'Give a whole number.')
    .refine(
      (text) => Number(text) >= least && Number(text) <= most,
      `Give a number from ${String(least)} to ${String(most)}.`,
    );
  return { value: { type: 'number', least, most, unit }, schema };
}

export const onOff: Checked = { value: { type: 'switch' }, schema: z.enum(['on', 'off'], 'Give on or off.') };

export function line(most: number): Checked {
  return { value: { type: 'text', most }, schema: z.string().max(most) };
}

export function model(most: number, of: Extract<FlagValue, { type: 'model' }>['of']): Checked {
  return { value: { type: 'model', most, of }, schema: z.string().max(most) };
}

/** One of these words. */
export function oneOf(options: Readonly<Record<string, string>>): Checked {
  const words = Object.keys(options) as [string, ...string[]];
  return {
    value: { type: 'choice', options },
    schema: z.enum(words, `Give ${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}.`),
  };
}

/** Text of a form of its own. */
export function formed(most: number, schema: z.ZodType<string>): Checked {
  return { value: { type: 'text', most }, schema };
}
