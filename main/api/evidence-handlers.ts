import { ok } from '../shared/result.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

/** The evidence of runs: what there is, and all of it in one archive. */
export function evidenceHandlers({
  evidence,
}: ApiOptions): Pick<Handlers, 'run.evidence' | 'run.exportEvidence'> {
  return {
    'run.evidence': async ({ id }) => ok(await evidence.summary(id)),
    'run.exportEvidence': async ({ id, path }) => {
      const exported = await evidence.exportTo(id, path);
      if (!exported.ok) return exported;
      const { manifest, ...rest } = exported.value;
      return ok({ ...rest, pieces: manifest.pieces, leftOut: manifest.leftOut });
    },
  };
}
