import { to, type Location } from '../../app/routes.ts';
import type { Measure, Point } from './insight-types.ts';

export interface Behind {
  readonly project: string;
}

/** The list of the runs that a point counts. */
export function runsBehind(
  { project }: Behind,
  measure: Measure,
  { key, from, to: until }: Pick<Point, 'key' | 'from' | 'to'>,
  named: boolean,
): Location {
  return to(
    'runs',
    {},
    {
      behind: measure,
      from,
      to: until,
      ...(named ? { key } : {}),
      ...(project === '' ? {} : { project }),
    },
  );
}
