import { named, runId } from '../../fixtures/run-server/world.ts';
import type { Picture } from './picture.ts';

const run = (name: keyof typeof named): string => `#/run/${runId(named[name])}`;

export const runPictures: readonly Picture[] = [
  { name: 'runs', place: '#/runs', world: 'runs' },
  { name: 'run', place: run('running'), world: 'runs', states: ['typical', 'error', 'loading'] },
  { name: 'run-failed', place: run('failed'), world: 'runs', states: ['typical'] },
  { name: 'run-blocked', place: run('blocked'), world: 'runs', states: ['typical'] },
  { name: 'run-asking', place: run('asking'), world: 'runs', states: ['typical'] },
  { name: 'run-applied', place: run('applied'), world: 'runs', states: ['typical'] },
  { name: 'new-run', place: '#/runs?new=run', world: 'runs', states: ['typical'] },
];
