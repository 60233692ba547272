import { operations } from '../../preload/contract/operations.ts';
import type { Refusal } from '../shared/result.ts';
import type { Handlers } from './dispatch.ts';

/** Every operation, refused for one reason. */
export function refuseAll(refusal: Refusal): Handlers {
  return Object.fromEntries(
    Object.keys(operations).map((name) => [name, () => refusal]),
  ) as unknown as Handlers;
}
