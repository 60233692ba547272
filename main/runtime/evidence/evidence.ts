import { mkdir, open, unlink } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { redact } from '../../agents/redact.ts';
import type { EvidenceManifest, EvidenceSummary, PackedFile } from '../../domain/run/evidence.ts';
import type { Diff } from '../../domain/run/diff.ts';
import type { Project } from '../../domain/project/project.ts';
import type { Run } from '../../domain/run/run.ts';
import { parseTime, type Clock } from '../../shared/clock.ts';
import { fail, messageOf, ok, type Result } from '../../shared/result.ts';
import { listDecisions } from '../../store/decision-store.ts';
import { getProject } from '../../store/project-store.ts';
import { listPlanVersions } from '../../store/proposal-plan-store.ts';
import { countRunEvents, lastRunEventSeq, listRunEvents } from '../../store/run-event-store.ts';
import { listAttempts, listRunRowsById } from '../../store/run-row-store.ts';
import { listStages } from '../../store/run-stage-store.ts';
import { listCheckpoints } from '../../store/run-step-store.ts';
import { getRun } from '../../store/run-store.ts';
import type { Store } from '../../store/store.ts';
import { listOutput } from './list-output.ts';
import { packFiles } from './pack-files.ts';
import { summariseEvidence, type EvidenceFacts } from './summarise.ts';
import { writeArchive } from './write-archive.ts';

/**
 * The evidence of a run: what Homer itself saw and kept, gathered when it is asked for. The diff comes from the commits below
 * `refs/homer/runs`, so it outlives the worktree; what retention cleared is named as missing.
 */
export interface Evidence {
  summary(runId: string): Promise<EvidenceSummary>;
  /** Writes the archive to a new file; to one of its own in the `exports` folder when no path is given. */
  exportTo(runId: string, path: string | undefined): Promise<Result<Exported>>;
}

export interface Exported {
  readonly path: string;
  readonly bytes: number;
  readonly files: PackedFile[];
  readonly manifest: EvidenceManifest;
}

export function createEvidence(options: {
  store: Store;
  clock: Clock;
  spoolRoot: string;
  exportsFolder: string;
  homerVersion: string;
  diff: (run: Run, project: Project) => Promise<Result<Diff>>;
}): Evidence {
  const { store, clock, spoolRoot, homerVersion } = options;

  const gather = async (runId: string): Promise<EvidenceFacts> => {
    const known = store.read((read) => {
      const run = getRun(read, runId);
      const plans = run.proposalId === null ? [] : listPlanVersions(read, run.proposalId);
      return {
        run,
        project: getProject(read, run.projectId),
        hasTests: listRunRowsById(read, [runId])[0]?.hasTests ?? false,
        plan: plans.find(({ planVersion }) => planVersion === run.planVersion) ?? null,
        checkpoints: listCheckpoints(read, runId),
        decisions: listDecisions(read, 'run', runId),
        attempts: listAttempts(read, run.intentId),
        stages: listStages(read, runId, run.attempt),
        events: { kept: countRunEvents(read, runId), all: lastRunEventSeq(read, runId) },
      };
    });
    const { run } = known;
    const changed = run.headCommit !== null && run.headCommit !== run.baseCommit;
    return {
      ...known,
      output: await listOutput(spoolRoot, runId),
      diff: changed ? await options.diff(run, known.project) : null,
    };
  };

  return {
    async summary(runId) {
      const facts = await gather(runId);
      const pieces = summariseEvidence(facts);
      const { number, status } = facts.run;
      return { runId, number, status, complete: pieces.every(({ state }) => state !== 'missing'), pieces };
    },

    async exportTo(runId, given) {
      if (given !== undefined && !isAbsolute(given))
        return fail('relative_path', `The path ${given} does not begin at the top of the disk.`, {
          hint: 'Give the whole path of the file.',
        });
      const facts = await gather(runId);
      const { run } = facts;
      const pieces = summariseEvidence(facts);
      const { entries, leftOut } = packFiles(facts, pieces, {
        homerVersion,
        events: (after, limit) => store.read((read) => listRunEvents(read, runId, { after, limit })),
      });
      const madeAt = clock.iso();
      const path =
        given ??
        join(options.exportsFolder, `run-${String(run.number)}-${madeAt.replaceAll(/[:.]/gu, '-')}.zip`);
      const manifestOf = (files: readonly PackedFile[]): EvidenceManifest => ({
        v: 1,
        runId,
        number: run.number,
        name: redact(run.name),
        status: run.status,
        madeAt,
        homerVersion,
        pieces,
        leftOut,
        files: [...files],
      });
      let file;
      try {
        if (given === undefined) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        file = await open(path, 'wx', 0o600);
      } catch (error) {
        return notWritten(path, error);
      }
      try {
        const files = await writeArchive(file, entries, parseTime(run.endedAt ?? madeAt), (written) => [
          { path: 'SHA256SUMS', content: written.map((it) => `${it.sha256}  ${it.path}\n`) },
          { path: 'manifest.json', content: [`${JSON.stringify(manifestOf(written), null, 2)}\n`] },
        ]);
        await file.sync();
        const { size } = await file.stat();
        await file.close();
        return ok({ path, bytes: size, files, manifest: manifestOf(files) });
      } catch (error) {
        await file.close();
        await unlink(path);
        return notWritten(path, error);
      }
    },
  };
}

/** What the disk said; anything else is a bug. */
function notWritten(path: string, error: unknown): Result<never> {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'EEXIST')
    return fail('file_exists', `There is a file at ${path} already.`, { hint: 'Choose another name.' });
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return fail('disk_full', `There is no room for ${path}.`, {
      hint: 'Free some disk space, then export again.',
    });
  if (!/^E[A-Z]+$/u.test(code)) throw error;
  return fail('export_failed', `The evidence could not be written to ${path}: ${messageOf(error)}`, {
    hint: 'Choose a folder that is there and can be written to.',
  });
}
