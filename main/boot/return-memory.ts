import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';

/** Long enough that whoever started the host has seen the board. */
const AFTER_MS = 8_000;

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/**
 * Gives back to the system what starting up took and an idle host does not need, once. Starting makes much that is soon garbage, and the
 * heap keeps its pages for work that may not come for hours. A smaller heap from the first moment on (`--max-semi-space-size`) would save
 * as much, but make every busy hour pay for it. It pauses the process for as long as one full collection takes.
 */
export function returnMemory({ clock, scope, log }: { clock: Clock; scope: Scope; log: Log }): void {
  clock.after(scope, AFTER_MS, () => {
    const before = process.memoryUsage.rss();
    setFlagsFromString('--expose-gc');
    // The flag is for contexts that are made after it; Node itself gives no way to collect.
    const collect = runInNewContext('gc') as Collect;
    setFlagsFromString('--no-expose-gc');
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    log.debug('memory given back', { before, after: process.memoryUsage.rss() });
  });
}
