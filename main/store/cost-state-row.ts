import { costStateOf, type CostState } from '../domain/cost/cost-state.ts';
import type { Row } from './database.ts';
import { int } from './row.ts';

/** How much the cost of a run tells; of one that ended before turns were counted, what was told of it. */
export function costStateOfRow(row: Row): CostState {
  const state = costStateOf({
    known: int(row, 'cost_known_turns'),
    unknown: int(row, 'cost_unknown_turns'),
    plan: int(row, 'cost_plan_turns'),
  });
  return state === 'none' && int(row, 'cost_micro_usd') > 0 ? 'known' : state;
}
