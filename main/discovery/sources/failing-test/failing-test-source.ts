import { createHash } from 'node:crypto';
import type { Signal } from '../../../domain/source/source.ts';
import type { Project } from '../../../domain/project/project.ts';
import type { TestEvidence } from '../../../domain/run/run.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { ProjectProbe, SourceReader } from '../../ports.ts';

/** The project's own test command, run in a fresh worktree; a failing one is a signal. */
export function createFailingTestSource(probe: ProjectProbe): SourceReader {
  return {
    type: 'failing_test',
    async read(project, { cursor, force, signal }) {
      if (project.testCommand === '') return ok({ signals: [], cursor: null, skipped: true });
      const head = await probe.head(project);
      if (!head.ok) return head;
      const here = `${head.value} ${project.testCommand}`;
      if (!force && here === cursor) return ok({ signals: [], cursor, skipped: true });
      const evidence = await probe.test(project, signal);
      if (!evidence.ok) return evidence;
      if (evidence.value.exitCode === null && evidence.value.note === null)
        return fail('tests_ended', 'The test command was ended before it finished.');
      const failing = evidence.value.exitCode !== 0;
      return ok({
        signals: failing ? [signalOf(project, evidence.value)] : [],
        cursor: here,
        skipped: false,
      });
    },
  };
}

const LINES_NAMED = 10;
const ENDING_CHARS = 4_000;

/** The end of the output from the start of a line; a large suite's passing tests are left out of it. */
function ending(output: string): string {
  const kept = output
    .trimEnd()
    .split('\n')
    .filter((line) => !PASSED_LINE.test(line))
    .join('\n');
  if (kept.length <= ENDING_CHARS) return kept;
  const tail = kept.slice(-ENDING_CHARS);
  return `…\n${tail.slice(tail.indexOf('\n') + 1)}`;
}

function fenced(text: string): string {
  return `\`\`\`\n${text.replaceAll('```', "'''")}\n\`\`\``;
}

const PASSED_LINE = /^\s*(✓|✔|ok \d+|PASS\b)/u;
const FAILURE_LINE =
  /(^|\s)(not ok|✗|✕|✖|×|FAIL(ED|URE)?\b|failed|failing|panicked at|AssertionError|Error:)/u;

/** Lines that name what failed, without numbers that change from run to run. */
export function failureLines(output: string): string[] {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) =>
        line.length < 300 &&
        FAILURE_LINE.test(line) &&
        !/\b(failed|fail|failing)\b[:\s]+0\b|\b0 (failed|failing)\b/iu.test(line),
    );
  return [...new Set(lines)].slice(0, 20);
}

/** How runners name one failing test, as a line of its own. */
const NAMES = [
  /^FAILED (?<name>\S+::.+?)(?: - .*)?$/u,
  /^-+ FAIL: (?<name>\S+)/u,
  /^test (?<name>\S+) \.\.\. FAILED$/u,
  /^not ok \d+ (?:- )?(?<name>.+)$/u,
  /^[✗✕✖×] (?<name>(?!failing tests:).+)$/u,
  /^FAIL\s+(?<name>\S+ > .+)$/u,
];
const DURATION = /\s+\(?\d+(\.\d+)?\s*m?s\)?$/u;

/** The first test that a runner named, else the first line that speaks of failure. */
function nameOf(lines: readonly string[]): string | undefined {
  for (const line of lines)
    for (const pattern of NAMES) {
      const name = pattern.exec(line)?.groups?.['name'];
      if (name !== undefined) return name.replace(DURATION, '');
    }
  return lines[0]?.replace(DURATION, '').replace(/^(✗|✕|✖|×|FAIL(ED)?:?)\s*/u, '');
}

export function signalOf(project: Project, evidence: TestEvidence): Signal {
  const lines = failureLines(evidence.output);
  const signature = lines
    .map((line) => line.replaceAll(/\d+(\.\d+)?/gu, '#'))
    .sort()
    .join('\n');
  const named = nameOf(lines)?.slice(0, 90);
  return {
    title: evidence.note
      ? `The tests of ${project.name} do not finish`
      : named
        ? `Tests fail: ${named}`
        : `The tests of ${project.name} fail`,
    summary: evidence.note
      ? `\`${evidence.command}\` was ${evidence.note}.`
      : `\`${evidence.command}\` ends with exit code ${String(evidence.exitCode)}.`,
    content: `The project's test command fails on its current commit.\n${
      lines.length > 1 ? `\nWhat it names:\n\n${fenced(lines.slice(0, LINES_NAMED).join('\n'))}\n` : ''
    }\nHow it ends:\n\n${fenced(`$ ${evidence.command}\n${ending(evidence.output)}`)}\n`,
    source: 'failing_test',
    sourceRef: evidence.command,
    fingerprint: createHash('sha256')
      .update(`failing_test\n${project.id}\n${evidence.command}\n${signature || String(evidence.exitCode)}`)
      .digest('hex'),
    relevance: 45,
  };
}
