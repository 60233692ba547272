import type { InboxItem } from '../../../preload/contract/worker.ts';
import { useQuery } from '../../client/client-context.tsx';
import { strings } from './strings.ts';

/** What helps to decide on the chosen item, in a few words each; read only for that one. */
export function useEvidence(item: InboxItem | undefined): {
  readonly facts: readonly string[];
  readonly highRisk: boolean;
} {
  const id = item?.entityId ?? '';
  const proposal = useQuery('proposal.get', { id }, { enabled: item?.entity === 'proposal' }).data?.proposal;
  const run = useQuery('run.get', { id }, { enabled: item?.entity === 'run' }).data?.run;
  if (item?.entity === 'proposal' && proposal?.plan && item.kind === 'plan') {
    const { risk, steps, files } = proposal.plan;
    return {
      facts: [strings.risk[risk], strings.steps(steps.length), strings.files(files.length)],
      highRisk: risk === 'high',
    };
  }
  if (item?.entity === 'run' && run && item.kind === 'review') {
    const tests = run.testAfter;
    return {
      facts: [
        strings.files(run.filesChanged),
        strings.lines(run.additions, run.deletions),
        tests ? (tests.exitCode === 0 ? strings.testsPass : strings.testsFail) : strings.noTests,
      ],
      highRisk: false,
    };
  }
  return { facts: [], highRisk: false };
}
