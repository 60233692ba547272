import { machine, type ActionOf } from '../machine.ts';
import { valueList, type ValueOf } from '../value-list.ts';

/** What Homer does about newer versions of itself. */
export const updateMode = valueList({
  off: 'Off: ask nobody',
  tell: 'Tell me of them, and download when I say so',
  install: 'Download them at once',
});
export type UpdateMode = ValueOf<typeof updateMode>;

export const updateChannel = valueList({ latest: 'Releases', beta: 'Early versions' });
export type UpdateChannel = ValueOf<typeof updateChannel>;

export const updateState = valueList({
  off: 'Off',
  checking: 'Looking for a newer version',
  up_to_date: 'Up to date',
  available: 'A newer version is there',
  downloading: 'Downloading',
  ready: 'Ready to install',
  failed: 'Failed',
});
export type UpdateState = ValueOf<typeof updateState>;

export const updateMachine = machine({
  name: 'update',
  states: updateState.values,
  starts: ['off'],
  ends: [],
  rows: [
    {
      on: 'check',
      from: ['off', 'up_to_date', 'available', 'failed'],
      to: 'checking',
      by: ['owner', 'rule'],
    },
    { on: 'find_none', from: ['checking'], to: 'up_to_date', by: ['runtime'] },
    { on: 'find', from: ['checking'], to: 'available', by: ['runtime'], note: 'its signature holds' },
    { on: 'download', from: ['available'], to: 'downloading', by: ['owner', 'rule'] },
    { on: 'finish', from: ['downloading'], to: 'ready', by: ['runtime'], note: 'it is what was signed' },
    { on: 'fail', from: ['checking', 'downloading', 'ready'], to: 'failed', by: ['runtime'] },
    {
      on: 'turn_off',
      from: ['checking', 'up_to_date', 'available', 'downloading', 'ready', 'failed'],
      to: 'off',
      by: ['owner'],
    },
  ],
});
export type UpdateAction = ActionOf<typeof updateMachine>;
