import { readStages } from '../../main/domain/run/stages.ts';

/** What the runtime would say against these stages of a run; undefined when it would take them. */
export function stageFault(runType: 'pipeline' | 'workflow', stages: readonly object[]): string | undefined {
  const read = readStages(runType, { stages });
  return read.ok ? undefined : read.error.message;
}
