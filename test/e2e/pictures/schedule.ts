import type { Picture } from './picture.ts';

export const schedulePictures: readonly Picture[] = [
  { name: 'schedule', place: '#/schedule' },
  { name: 'schedule-week', place: '#/schedule?view=week' },
  { name: 'schedule-day', place: '#/schedule?view=day' },
  { name: 'new-intent', place: '#/schedule?edit=new', states: ['typical'] },
  { name: 'goals', place: '#/goals?show=all' },
  { name: 'insights', place: '#/insights' },
];
