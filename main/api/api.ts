import type { Discovery } from '../discovery/discover.ts';
import type { Loop } from '../runtime/loop.ts';
import type { Review } from '../runtime/review.ts';
import type { Tick } from '../runtime/tick.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import type { Store } from '../store/store.ts';
import type { Handlers } from './dispatch.ts';
import { goalHandlers } from './goal-handlers.ts';
import type { ApiPorts } from './ports.ts';
import { projectHandlers } from './project-handlers.ts';
import { proposalHandlers } from './proposal-handlers.ts';
import { runHandlers } from './run-handlers.ts';
import { sourceHandlers } from './source-handlers.ts';
import { workerHandlers } from './worker-handlers.ts';

export interface ApiOptions {
  readonly store: Store;
  readonly discovery: Discovery;
  readonly loop: Loop;
  readonly review: Review;
  readonly tick: Tick;
  readonly clock: Clock;
  readonly log: Log;
  readonly scope: Scope;
  readonly ports: ApiPorts;
  readonly version: string;
  readonly host: 'desktop' | 'headless' | 'cli';
}

/** Every operation of the contract, ready to be dispatched. */
export function createHandlers(options: ApiOptions): Handlers {
  return {
    ...workerHandlers(options),
    ...projectHandlers(options),
    ...goalHandlers(options),
    ...sourceHandlers(options),
    ...proposalHandlers(options),
    ...runHandlers(options),
  };
}
