import type { InboxItem } from '../../../preload/contract/worker.ts';
import { useQuery } from '../../client/client-context.tsx';
import { strings } from './strings.ts';

/** What helps to decide on the chosen item, in a few words each; read only for that one. */
export function useEvidence(item: InboxItem | undefined): readonly string[] {
  const id = item?.entityId ?? '';
  const proposal = useQuery('proposal.get', { id }, { enabled: item?.entity === 'proposal' }).data?.proposal;
  const run = useQuery('run.get', { id }, { enabled: item?.entity === 'run' }).data?.run;
  if (item?.entity === 'proposal' && proposal?.plan && item.kind === 'plan') {
    const { risk, steps, files } = proposal.plan;
    return [strings.risk[risk], strings.steps(steps.length), strings.files(files.length)];
  }
  if (item?.entity === 'run' && run && item.kind === 'review') {
    const tests = run.testAfter;
    return [
      strings.files(run.filesChanged),
      strings.lines(run.additions, run.deletions),
      tests ? (tests.exitCode === 0 ? strings.testsPass : strings.testsFail) : strings.noTests,
    ];
  }
  return [];
}
