import { powerMonitor, powerSaveBlocker } from 'electron';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import type { GlanceFeed } from './glance.ts';
import { listen } from './listen.ts';

/** Tells the runtime of sleep and waking, and keeps the machine awake only while something runs. */
export function followPower(options: {
  glances: GlanceFeed;
  onPower: (event: 'suspend' | 'resume') => void;
  log: Log;
  scope: Scope;
}): void {
  const { glances, onPower, log, scope } = options;
  for (const event of ['suspend', 'resume'] as const)
    listen(scope, powerMonitor, event, () => {
      log.info('power', { event });
      onPower(event);
    });

  let blocker: number | undefined;
  const release = (): void => {
    if (blocker !== undefined) powerSaveBlocker.stop(blocker);
    blocker = undefined;
  };
  scope.add('power save blocker', release);
  glances.watch(scope, ({ overview }) => {
    if (overview.running === 0) release();
    else blocker ??= powerSaveBlocker.start('prevent-app-suspension');
  });
}
