import { redact, redactJson } from '../../agents/redact.ts';
import type { EvidencePiece } from '../../domain/run/evidence.ts';
import type { Diff } from '../../domain/run/diff.ts';
import type { RunEvent } from '../../domain/run/run-event.ts';
import type { TestEvidence } from '../../domain/run/run.ts';
import type { EvidenceFacts } from './summarise.ts';
import { readRedacted } from './list-output.ts';

/** One file of the archive; its content is made while it is written. */
export interface PackEntry {
  readonly path: string;
  readonly content: AsyncIterable<string> | Iterable<string>;
}

/** How much raw output one archive takes: its format counts in 32 bits. */
export const MOST_OUTPUT = 3 * 1024 ** 3;
/** Events read together; one may hold 64 KB. */
const PAGE = 50;

/** The files of a run's evidence, in the order they are written, and what is left out. */
export function packFiles(
  facts: EvidenceFacts,
  pieces: readonly EvidencePiece[],
  more: { homerVersion: string; events: (after: number, limit: number) => RunEvent[] },
): { entries: PackEntry[]; leftOut: string[] } {
  const { run, plan, checkpoints, decisions, attempts, stages, output, diff } = facts;
  const leftOut: string[] = [];
  const json = (path: string, value: unknown): PackEntry => ({
    path,
    content: [`${JSON.stringify(redactJson(value, redact), null, 2)}\n`],
  });
  const { testBefore, testAfter, ...facets } = run;
  const entries: PackEntry[] = [
    { path: 'README.md', content: [readme(facts, pieces)] },
    json('run.json', facets),
    json('plan.json', plan),
    ...(stages.length > 0 ? [json('stages.json', stages)] : []),
    json('steps.json', checkpoints),
    json(
      'policy.json',
      checkpoints.map(({ step, attempt, policyOk, policyViolations, changedPaths }) => ({
        step,
        attempt,
        policyOk,
        policyViolations,
        changedPaths,
      })),
    ),
    json('tests.json', {
      hasTests: facts.hasTests,
      before: testBefore,
      after: testAfter,
      steps: checkpoints.map(({ step, test }) => ({ step, test })),
    }),
    ...testOutputs(testBefore, testAfter),
    json('cost.json', {
      tokensIn: run.tokensIn,
      tokensOut: run.tokensOut,
      tokensCached: run.tokensCached,
      costMicroUsd: run.costMicroUsd,
      costState: run.costState,
      activeMs: run.activeMs,
      budget: run.execution.budget,
      startedAt: run.startedAt,
      endedAt: run.endedAt,
    }),
    json('decisions.json', decisions),
    json('attempts.json', attempts),
    json('environment.json', {
      baseCommit: run.baseCommit,
      headCommit: run.headCommit,
      appliedCommit: run.appliedCommit,
      rolledBackCommit: run.rolledBackCommit,
      branch: run.branch,
      ref: `refs/homer/runs/${run.id}`,
      executor: run.executor,
      executorLabel: run.executorLabel,
      homerVersion: more.homerVersion,
      node: process.version,
      platform: process.platform,
    }),
  ];
  if (diff?.ok) {
    const { files, ...totals } = diff.value;
    entries.push(
      json('diff.json', {
        ...totals,
        files: files.map(({ patch, ...file }) => ({ ...file, shown: patch !== null })),
      }),
      { path: 'diff.patch', content: patches(diff.value) },
    );
    for (const file of files)
      if (file.patch === null) leftOut.push(`The patch of ${file.path}: ${file.note ?? 'not shown.'}`);
  }
  entries.push({ path: 'timeline.jsonl', content: timeline(more.events) });
  let bytes = 0;
  for (const file of output) {
    bytes += file.bytes;
    if (bytes > MOST_OUTPUT)
      leftOut.push(`The raw output ${file.name}: an archive takes ${String(MOST_OUTPUT)} bytes at most.`);
    else entries.push({ path: `output/${file.name}`, content: readRedacted(file.path) });
  }
  return { entries, leftOut };
}

function testOutputs(before: TestEvidence | null, after: TestEvidence | null): PackEntry[] {
  return [
    ...(before ? [{ path: 'tests-before.txt', content: [redact(before.output)] }] : []),
    ...(after ? [{ path: 'tests-after.txt', content: [redact(after.output)] }] : []),
  ];
}

function* patches(diff: Diff): Generator<string> {
  for (const { patch } of diff.files) if (patch !== null) yield redact(patch);
}

/** The timeline in pages: a long one is never held whole. */
function* timeline(page: (after: number, limit: number) => RunEvent[]): Generator<string> {
  for (let after = 0; ;) {
    const events = page(after, PAGE);
    const last = events.at(-1);
    if (!last) return;
    yield events.map((event) => `${JSON.stringify(redactJson(event, redact))}\n`).join('');
    after = last.seq;
  }
}

function readme({ run }: EvidenceFacts, pieces: readonly EvidencePiece[]): string {
  const title = redact(run.name).replaceAll(/\s+/gu, ' ');
  const table = pieces.map(({ part, state, what }) => `- ${part} (${state}): ${redact(what)}`).join('\n');
  return `# Evidence of run #${String(run.number)}: ${title}\n\nStatus: ${run.status}. Attempt ${String(run.attempt)}.\n\n${table}\n\n\`manifest.json\` names every file with its SHA-256; \`sha256sum -c SHA256SUMS\` checks them. What looks like a secret is redacted.\n`;
}
