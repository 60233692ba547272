import { dialog } from 'electron';
import type { Log } from '../shared/log.ts';

/** From this many starts in a row that died while starting, Homer offers another way. */
const MANY = 3;

/**
 * After several starts that died, the next one can be careful: it claims no run and looks for no work until the owner says so, because
 * what kills it may lie there. Started at login there is nobody to ask, and it is careful by itself.
 */
export async function offerCarefulStart(options: {
  badStarts: number;
  hidden: boolean;
  log: Log;
}): Promise<'usual' | 'careful' | 'quit'> {
  const { badStarts, hidden, log } = options;
  if (badStarts < MANY) return 'usual';
  if (hidden) {
    log.warn('starting with care', { badStarts });
    return 'careful';
  }
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: `Homer ended unexpectedly ${String(badStarts)} times in a row while it was starting.`,
    detail:
      'Started with care it starts no run and looks for no work, so that you can look around, pause or remove what may be the cause.',
    buttons: ['Start with care', 'Start as usual', 'Quit'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  log.info('asked how to start', { badStarts, response });
  return (['careful', 'usual', 'quit'] as const)[response] ?? 'quit';
}
