import type { OutputOf } from '../../../preload/contract/operations.ts';
import { refuse } from './ask.ts';
import { text, type OptionSpec, type Options } from './command.ts';

type Measure = NonNullable<OutputOf<'goal.tree'>[number]['measure']>;

export const measureOptions: readonly OptionSpec[] = [
  { flags: '--measure <name>', description: 'what is measured, such as "fail rate"; "" for nothing' },
  { flags: '--unit <unit>', description: 'such as % or ms' },
  { flags: '--from <value>', description: 'where the measure stands when it is set' },
  { flags: '--to <value>', description: 'where the measure should get to' },
];

/** The measure that was typed; null takes it away, undefined leaves it. What is not typed stays as it was. */
export function measureOf(options: Options, before: Measure | null): Measure | null | undefined {
  const [name, unit, from, to] = ['measure', 'unit', 'from', 'to'].map((key) => text(options, key));
  if (name === '') return null;
  if (name === undefined && unit === undefined && from === undefined && to === undefined) return undefined;
  const shown = name ?? before?.name;
  const start = from === undefined ? before?.start : figure(from);
  const target = to === undefined ? before?.target : figure(to);
  if (shown === undefined || start === undefined || target === undefined)
    return refuse({
      tag: 'invalid_input',
      message: 'A measure needs a name, where it stands and where it should get to.',
      hint: 'For example: --measure "fail rate" --unit % --from 2.1 --to 0.5',
    });
  return { name: shown, unit: unit ?? before?.unit ?? '', start, target };
}

export function figure(typed: string): number {
  const value = Number(typed.replace(',', '.'));
  if (typed.trim() === '' || !Number.isFinite(value))
    return refuse({
      tag: 'invalid_input',
      message: `${JSON.stringify(typed)} is no number.`,
      hint: 'Give a plain number, such as 0.5 or 940.',
    });
  return value;
}
