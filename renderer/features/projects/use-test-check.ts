import { useEffect } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useClient, useQuery } from '../../client/client-context.tsx';

export type TestCheck = NonNullable<OutputOf<'project.check'>>;
const everyMs = 500;

export function isUnderWay({ state }: TestCheck): boolean {
  return state === 'preparing' || state === 'setup' || state === 'testing';
}

/** The newest check of a project's commands, read again while it is under way. */
export function useTestCheck(id: string): { check: TestCheck | null; reread: () => void } {
  const { clock } = useClient();
  const { data = null, at, reread } = useQuery('project.check', { id });
  const running = data !== null && isUnderWay(data);
  useEffect(() => (running ? clock.after(everyMs, reread) : undefined), [running, at, clock, reread]);
  return { check: data, reread };
}
