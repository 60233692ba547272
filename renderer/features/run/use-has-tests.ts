import { useQuery } from '../../client/client-context.tsx';
import type { Run } from './run-types.ts';

/** Whether anything can test this run: its own command, or else its project's. True until that is known. */
export function useHasTests(run: Pick<Run, 'execution' | 'projectId'>): boolean {
  const projects = useQuery('project.list', {}, { every: 1_000 }).data;
  const { testCommand } = run.execution;
  if (testCommand !== null) return testCommand.trim() !== '';
  const project = projects?.find(({ id }) => id === run.projectId);
  return project === undefined || project.testCommand.trim() !== '';
}
