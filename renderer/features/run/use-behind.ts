import { labels } from '../../../preload/contract/labels.ts';
import { useRouterState } from '../../app/router-context.tsx';
import type { RunsBehind } from './run-types.ts';

/** The point of a chart that the address asks the runs of; undefined for the plain list. */
export function useBehind(): {
  readonly behind: RunsBehind | undefined;
  readonly project: string | undefined;
} {
  const search = useRouterState().location?.search ?? {};
  const { behind: measure, from, to, key, project } = search;
  if (measure === undefined || from === undefined || to === undefined || !isMeasure(measure))
    return { behind: undefined, project: undefined };
  return { behind: { behind: measure, from, to, ...(key === undefined ? {} : { key }) }, project };
}

function isMeasure(text: string): text is RunsBehind['behind'] {
  return Object.hasOwn(labels.insightMeasure, text);
}
