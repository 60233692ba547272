import { named, runId } from '../../fixtures/run-server/world.ts';
import type { Picture } from './picture.ts';

const review = (name: keyof typeof named): string => `#/run/${runId(named[name])}/review`;

export const reviewPictures: readonly Picture[] = [
  { name: 'review', place: review('review'), world: 'runs', states: ['typical', 'error', 'loading'] },
];
