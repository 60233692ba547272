import { dialog } from 'electron';
import type { QuitHow } from '../../preload/contract/host.ts';

/** What the owner answered: how to quit, `stay`, or `wait` where Homer waits for work already. */
export type QuitAnswer = QuitHow | 'stay' | 'wait';

const choices: readonly (readonly [string, QuitAnswer])[] = [
  ['Let them finish, then quit', 'finish'],
  ['Pause them and quit', 'pause'],
  ['Stop them and quit', 'stop'],
  ['Cancel', 'stay'],
];
const choicesWhileWaiting: readonly (readonly [string, QuitAnswer])[] = [
  ['Keep waiting', 'wait'],
  ['Pause them and quit', 'pause'],
  ['Stop them and quit', 'stop'],
  ['Do not quit', 'stay'],
];

/** Asks what becomes of running work. Closing the question leaves everything as it is. */
export async function askHowToQuit(running: number, waiting: boolean): Promise<QuitAnswer> {
  const one = running === 1;
  const offered = waiting ? choicesWhileWaiting : choices;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: one ? 'One run is still working.' : `${String(running)} runs are still working.`,
    detail: waiting
      ? `Homer quits when ${one ? 'it is' : 'they are'} done, and starts nothing new until then.`
      : 'Homer can wait for the work, and starts nothing new meanwhile, or put it aside; nothing that was done is lost.',
    buttons: offered.map(([label]) => label),
    defaultId: 0,
    cancelId: waiting ? 0 : offered.length - 1,
    noLink: true,
  });
  return offered[response]?.[1] ?? (waiting ? 'wait' : 'stay');
}
