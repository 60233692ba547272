import type { OutputOf } from '../../../preload/contract/operations.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { readDuration, writeDuration } from '../../ui/duration-text.ts';
import { strings as words } from './strings.ts';

type Intent = OutputOf<'intent.get'>['intent'];
type Budget = Intent['execution']['budget'];
type RetryPolicy = Intent['retryPolicy'];
/** What was left empty of steps and time is left out. */
type TypedBudget = Pick<Budget, 'tokens' | 'costMicroUsd'> & Partial<Budget>;
export type RetryEnding = keyof typeof labels.retryEnding;
export const retryEndings = Object.keys(labels.retryEnding) as RetryEnding[];

/** What whoever asks for work may choose beside what is done, as typed. Empty is as the settings and the project say. */
export interface WorkDraft {
  readonly steps: string;
  readonly time: string;
  /** Empty: no limit. */
  readonly tokens: string;
  /** In dollars; empty: no limit. */
  readonly cost: string;
  /** What the executor is chosen by, where it is; empty: code. */
  readonly taskType: string;
  readonly priority: string;
  readonly retries: string;
  /** Endings, apart by spaces. */
  readonly retryOn: string;
  readonly firstDelay: string;
  readonly factor: string;
  readonly mostDelay: string;
  readonly jitter: boolean;
  /** One path on each line. */
  readonly contextFiles: string;
}

export const emptyWork: WorkDraft = {
  steps: '',
  time: ' min',
  tokens: '',
  cost: '',
  taskType: '',
  priority: '50',
  retries: '0',
  retryOn: 'crashed network rate_limited',
  firstDelay: '30 s',
  factor: '2',
  mostDelay: '1 h',
  jitter: true,
  contextFiles: '',
};

const MICRO = 1_000_000;
const number = (text: string): number => Number(text.trim().replace(',', '.'));
const orEmpty = (value: number, unit = 1): string => (value === 0 ? '' : String(value / unit));

export function workOf(of: {
  budget: Budget;
  retryPolicy: RetryPolicy;
  priority: number;
  contextFiles: readonly string[];
}): WorkDraft {
  const { budget, retryPolicy } = of;
  return {
    taskType: '',
    steps: String(budget.steps),
    time: writeDuration(budget.durationMs, 'min'),
    tokens: orEmpty(budget.tokens),
    cost: orEmpty(budget.costMicroUsd, MICRO),
    priority: String(of.priority),
    retries: String(retryPolicy.count),
    retryOn: retryPolicy.on.join(' '),
    firstDelay: writeDuration(retryPolicy.firstDelayMs),
    factor: String(retryPolicy.factor),
    mostDelay: writeDuration(retryPolicy.mostDelayMs),
    jitter: retryPolicy.jitter === 'full',
    contextFiles: of.contextFiles.join('\n'),
  };
}

export type WorkProblems = { readonly [K in keyof WorkDraft]?: string | undefined };

/** What is wrong with what was typed, by field. */
export function workProblems(draft: WorkDraft): WorkProblems {
  const whole = (text: string, least: number, most: number): boolean =>
    /^\d{1,15}$/.test(text.trim()) && number(text) >= least && number(text) <= most;
  const within = (text: string, least: number, most: number): boolean => {
    const ms = readDuration(text);
    return typeof ms === 'number' && ms >= least && ms <= most;
  };
  const retrying = draft.retries.trim() !== '0';
  const files = contextFilesOf(draft);
  const outside = files.find(
    (path) => /^([/\\~]|[a-z]:)/i.test(path) || path.split(/[/\\]/).includes('..') || path.length > 500,
  );
  const day = 86_400_000;
  const wrong: Record<string, string | false> = {
    steps: draft.steps.trim() !== '' && !whole(draft.steps, 1, 200) && words.stepsWrong,
    time: readDuration(draft.time) !== null && !within(draft.time, 60_000, 7 * day) && words.timeWrong,
    tokens: draft.tokens.trim() !== '' && !whole(draft.tokens, 1, 1e12) && words.tokensWrong,
    cost:
      draft.cost.trim() !== '' &&
      !(/^\d{1,6}([.,]\d{1,6})?$/.test(draft.cost.trim()) && number(draft.cost) > 0) &&
      words.costWrong,
    priority: !whole(draft.priority, 0, 100) && words.priorityWrong,
    retries: !whole(draft.retries, 0, 20) && words.retriesWrong,
    retryOn: retrying && retryOnOf(draft).length === 0 && words.retryOnWrong,
    firstDelay: retrying && !within(draft.firstDelay, 0, day) && words.firstDelayWrong,
    factor: retrying && !(number(draft.factor) >= 1 && number(draft.factor) <= 10) && words.factorWrong,
    mostDelay: retrying && !within(draft.mostDelay, 0, 7 * day) && words.mostDelayWrong,
    contextFiles:
      (outside !== undefined && words.contextOutside(outside)) || (files.length > 50 && words.contextMany),
  };
  return Object.fromEntries(Object.entries(wrong).filter(([, text]) => text));
}

export function contextFilesOf({ contextFiles }: WorkDraft): string[] {
  return contextFiles
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

export function retryOnOf({ retryOn }: WorkDraft): RetryEnding[] {
  const chosen = new Set(retryOn.split(' '));
  return retryEndings.filter((ending) => chosen.has(ending));
}

/** The budget that was typed; what was left empty of steps and time is left out. */
export function budgetOf(draft: WorkDraft): TypedBudget {
  const ms = readDuration(draft.time);
  return {
    ...(draft.steps.trim() === '' ? {} : { steps: number(draft.steps) }),
    ...(typeof ms === 'number' ? { durationMs: ms } : {}),
    tokens: number(draft.tokens),
    costMicroUsd: Math.round(number(draft.cost) * MICRO),
  };
}

export function retryPolicyOf(draft: WorkDraft): RetryPolicy {
  return {
    v: 1,
    count: number(draft.retries),
    on: retryOnOf(draft),
    firstDelayMs: readDuration(draft.firstDelay) ?? 0,
    factor: number(draft.factor),
    mostDelayMs: readDuration(draft.mostDelay) ?? 0,
    jitter: draft.jitter ? 'full' : 'none',
  };
}
