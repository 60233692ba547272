import { InvalidArgumentError } from 'commander';
import { retryEnding, type RetryEnding } from '../../domain/intent/retry-policy.ts';
import { taskType, type TaskType } from '../../domain/run/task-type.ts';
import { given, number, oneOf, text, wholeNumber, type OptionSpec, type Options } from './command.ts';
import { schemaOf } from '../../domain/list-schema.ts';

/** What a run may spend, when it goes, and whether it is tried again: the same words wherever a run is asked for. */
export const workOptions: readonly OptionSpec[] = [
  { flags: '--max-steps <n>', description: '1 to 200', parse: wholeNumber(1) },
  { flags: '--max-minutes <n>', description: 'time it may work, 1 to 10080', parse: wholeNumber(1) },
  { flags: '--max-tokens <n>', description: 'tokens it may use; 0: no limit', parse: wholeNumber(0) },
  {
    flags: '--max-cost <usd>',
    description: 'dollars it may cost, such as 2.50; 0: no limit',
    parse: dollars,
  },
  {
    flags: '--task <kind>',
    description: `what the executor auto is chosen by: ${taskType.values.join(', ')}`,
    parse: oneOf(taskType.values),
  },
  { flags: '--model <name>', description: 'as its program names it; see homer agent models' },
  { flags: '--priority <n>', description: '0 to 100, higher first; 50 by default', parse: wholeNumber(0) },
  { flags: '--context <paths>', description: 'files to read first, parted by commas' },
  {
    flags: '--retries <n>',
    description: 'try again by itself up to n times, 0 to 20',
    parse: wholeNumber(0),
  },
  {
    flags: '--retry-on <endings>',
    description: `after which: ${retryEnding.values.join(',')}`,
    parse: endings,
  },
  {
    flags: '--retry-delay <seconds>',
    description: 'wait before the first retry; 30 by default',
    parse: wholeNumber(0),
  },
  {
    flags: '--retry-factor <n>',
    description: 'each wait is so many times the last; 2 by default',
    parse: factor,
  },
  { flags: '--retry-most <seconds>', description: 'longest wait; 3600 by default', parse: wholeNumber(0) },
];

/** What was typed of `workOptions`, as the operations take it. */
export function workChoices(options: Options): {
  maxSteps?: number;
  maxMinutes?: number;
  maxTokens?: number;
  maxCostMicroUsd?: number;
  taskType?: TaskType;
  model?: string;
  priority?: number;
  contextFiles?: string[];
  retry?: {
    count?: number;
    on?: RetryEnding[];
    firstDelayMs?: number;
    factor?: number;
    mostDelayMs?: number;
  };
} {
  const [first, most, on] = [number(options, 'retryDelay'), number(options, 'retryMost'), options['retryOn']];
  const retry = given({
    count: number(options, 'retries'),
    on: Array.isArray(on) ? (on as RetryEnding[]) : undefined,
    firstDelayMs: first === undefined ? undefined : first * 1_000,
    factor: number(options, 'retryFactor'),
    mostDelayMs: most === undefined ? undefined : most * 1_000,
  });
  return given({
    maxSteps: number(options, 'maxSteps'),
    maxMinutes: number(options, 'maxMinutes'),
    maxTokens: number(options, 'maxTokens'),
    maxCostMicroUsd: number(options, 'maxCost'),
    taskType: schemaOf(taskType).optional().parse(text(options, 'task')),
    model: text(options, 'model'),
    priority: number(options, 'priority'),
    contextFiles: text(options, 'context')
      ?.split(',')
      .map((path) => path.trim())
      .filter((path) => path !== ''),
    // Whoever says when wants it once at least.
    retry: Object.keys(retry).length > 0 ? { count: 1, ...retry } : undefined,
  });
}

function dollars(text: string): number {
  if (!/^\d{1,9}(\.\d{1,6})?$/u.test(text)) throw new InvalidArgumentError('Give dollars, such as 2.50.');
  return Math.round(Number(text) * 1e6);
}

function factor(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/u.test(text) || value < 1 || value > 10)
    throw new InvalidArgumentError('Give a number from 1 to 10.');
  return value;
}

function endings(text: string): RetryEnding[] {
  return text.split(',').map((word) => {
    const known = schemaOf(retryEnding).safeParse(word.trim());
    if (!known.success) throw new InvalidArgumentError(`Possible: ${retryEnding.values.join(', ')}.`);
    return known.data;
  });
}
