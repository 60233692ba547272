import { whole, type FlagSpec } from './flag-spec.ts';

/** How many cards a stage should hold at most. The board says when it holds more; nothing is refused for it. */
export const boardFlags = {
  'board.limit_idea': limit('Ideas'),
  'board.limit_research': limit('Research'),
  'board.limit_plan': limit('Plans'),
  'board.limit_approved': limit('Approved'),
} as const satisfies Record<string, FlagSpec>;

function limit(name: string) {
  return {
    group: 'board',
    name: `${name} at most`,
    defaultValue: '0',
    description:
      'How many proposals should stand in this stage. The board shows when there are more; nothing is refused for it. 0: no limit.',
    ...whole(0, 10_000, 'proposals'),
  } as const;
}
