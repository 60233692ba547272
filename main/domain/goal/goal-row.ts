import { z } from 'zod';
import { timeSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { goalSchema } from './goal.ts';
import { measureSchema } from './measure.ts';
import { schemaOf } from '../list-schema.ts';

/** Where the figure of a goal's progress comes from; the first that applies wins. */
export const progressBasis = valueList({
  by_hand: 'Set by hand',
  measure: 'Measured',
  work: 'From its sub-goals and work',
  nothing: 'Nothing moves it yet',
});
export type ProgressBasis = ValueOf<typeof progressBasis>;

/** One goal as the tree shows it. */
export const goalRowSchema = goalSchema.omit({ description: true }).extend({
  /** How many goals it stands below. */
  depth: z.int().min(0),
  basis: schemaOf(progressBasis),
  /** Why the progress is what it is, in a sentence. */
  why: z.string(),
  measure: measureSchema.nullable(),
  /** What was read last; null when nothing was, or there is no measure. */
  reading: z.object({ value: z.number(), at: timeSchema }).nullable(),
  /** The last values in time order: readings of the measure, else the progress itself. */
  trend: z.array(z.number()).max(24),
  proposals: z.object({ all: z.int(), open: z.int(), done: z.int() }),
  /** When it, anything linked to it, or anything below it changed last. */
  movedAt: timeSchema,
  stale: z.boolean(),
});
export type GoalRow = z.infer<typeof goalRowSchema>;

export interface ProgressParts {
  readonly byHand: boolean;
  readonly measured: boolean;
  readonly subGoals: number;
  readonly intents: number;
  readonly completed: number;
}

export function basisOf({ byHand, measured, subGoals, intents }: ProgressParts): ProgressBasis {
  if (byHand) return 'by_hand';
  if (measured) return 'measure';
  return subGoals + intents > 0 ? 'work' : 'nothing';
}

const count = (value: number, noun: string): string => `${String(value)} ${noun}${value === 1 ? '' : 's'}`;

/** The sentence beside the figure. */
export function whyProgress(
  parts: ProgressParts,
  measure: {
    readonly name: string;
    readonly unit: string;
    readonly start: number;
    readonly target: number;
  } | null,
  now: number | null,
): string {
  switch (basisOf(parts)) {
    case 'by_hand':
      return 'Set by hand; what happens does not move it.';
    case 'measure': {
      if (!measure || now === null) return 'Measured.';
      const unit = measure.unit === '' ? '' : ` ${measure.unit}`;
      return `Measured: ${measure.name} went from ${String(measure.start)} to ${String(now)}; the target is ${String(measure.target)}${unit}.`;
    }
    case 'work': {
      const { subGoals, intents, completed } = parts;
      const work = intents === 0 ? '' : `${String(completed)} of ${count(intents, 'piece')} of work done`;
      if (subGoals === 0) return `${work}.`;
      const goals = `the mean of ${count(subGoals, 'sub-goal')}`;
      return work === '' ? `It is ${goals}.` : `It is ${goals}, and ${work}.`;
    }
    case 'nothing':
      return measure
        ? `Nothing was read of ${measure.name} yet.`
        : 'No measure, no sub-goal and no work is linked yet.';
  }
}
