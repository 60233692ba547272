import { readFile } from 'node:fs/promises';
import { messageOf } from '../../shared/result.ts';
import { refuse } from './ask.ts';

const EXAMPLE =
  '[{"id": "plan", "role": "planner"}, {"id": "code", "needs": ["plan"], "command": "./code.sh"}]';

/**
 * The stages of a run from a JSON file: a list, or an object with `stages`. Stages with needs make a workflow, others a pipeline. What
 * a stage must look like is for the host to say.
 */
export async function readStagesFile(
  path: string | undefined,
): Promise<{ runType: 'pipeline' | 'workflow'; stages: never } | null> {
  if (path === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return refuse({
      tag: 'invalid_input',
      message: `The stages cannot be read from ${path}: ${messageOf(error)}`,
      hint: `Give a file such as ${EXAMPLE}.`,
    });
  }
  const stages: unknown =
    typeof value === 'object' && value !== null && 'stages' in value ? value.stages : value;
  if (!Array.isArray(stages))
    return refuse({
      tag: 'invalid_input',
      message: `${path} holds no list of stages.`,
      hint: `Give a file such as ${EXAMPLE}.`,
    });
  const graph = stages.some(
    (stage: unknown) => typeof stage === 'object' && stage !== null && 'needs' in stage,
  );
  return { runType: graph ? 'workflow' : 'pipeline', stages: stages as never };
}
