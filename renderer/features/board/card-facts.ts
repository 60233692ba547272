import { waitingOn, type WaitsOn } from '../../../preload/contract/board.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { parseTime } from '../../client/clock.ts';
import type { ProposalCard } from '../../client/patch.ts';
import { formatCost } from '../proposal/format-cost.ts';
import { strings } from './strings.ts';

const words = strings.facts;

/** What a plan, or the work on it, is expected to take: the last line of its card. Undefined before there is a plan. */
export function cardEstimate(card: ProposalCard): string | undefined {
  const planned = card.planEffort !== null && (card.stage === 'plan' || card.stage === 'approved');
  return planned ? estimateOf(card) : undefined;
}

/** In short; what nobody told is left out, and all of it missing is said. */
function estimateOf({ planEffort, planCostMicroUsd, planDurationMs, planRisk, stage }: ProposalCard): string {
  const told = [
    ...(planCostMicroUsd === null ? [] : [formatCost(planCostMicroUsd)]),
    ...(planDurationMs === null ? [] : [words.minutes(Math.max(1, Math.round(planDurationMs / 60_000)))]),
  ];
  return [
    // In stage plan the risk stands on the line above.
    ...(stage === 'approved' && planRisk !== null ? [words.risk(labels.risk[planRisk].toLowerCase())] : []),
    ...(planEffort === null ? [] : [labels.effort[planEffort].toLowerCase()]),
    // A run that came of it tells what it really takes.
    ...(told.length > 0 ? [told.join(', ')] : stage === 'approved' ? [] : [words.noEstimate]),
  ].join(' · ');
}

/** Who has the next move, in a word; nothing where it is nobody's. */
export function waitingWord(card: ProposalCard): { on: WaitsOn; word: string } | undefined {
  const on = waitingOn(card);
  return on === 'nobody' ? undefined : { on, word: words.waits[on] };
}

const steps = [
  ['w', 7 * 24 * 60],
  ['d', 24 * 60],
  ['h', 60],
  ['m', 1],
] as const;

/** "4m", "3h", "2d", "5w": how long a card has been in its stage, in the largest whole unit. */
export function shortAge(since: string, now: number): string {
  const minutes = Math.floor((now - parseTime(since)) / 60_000);
  const step = steps.find(([, size]) => minutes >= size);
  return step ? `${String(Math.floor(minutes / step[1]))}${step[0]}` : words.now;
}
