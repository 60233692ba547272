import { extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { stages, type Stage } from '../../../preload/contract/moves.ts';
import type { Spot } from './use-place.ts';

export function stageOf(value: unknown): Stage | undefined {
  return stages.find((stage) => stage === value);
}

/** Beside which card a drop target of the board puts what is dropped; undefined where it is a stage or lane alone. */
export function spotOf(data: Readonly<Record<string | symbol, unknown>> | undefined): Spot | undefined {
  const anchor = data?.['card'];
  const edge = data && extractClosestEdge(data);
  if (typeof anchor !== 'string' || edge === null || edge === undefined) return undefined;
  return { anchor, side: edge === 'top' ? 'above' : 'below' };
}
