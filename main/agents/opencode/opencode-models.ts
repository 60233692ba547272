import { modelNamed } from '../../domain/agent/model-list.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { DetectionRoom, ToldModels } from '../executor.ts';

/** No list of models or update from the network, and nothing that is installed meanwhile. */
export const QUIET_ENV = {
  OPENCODE_DISABLE_MODELS_FETCH: '1',
  OPENCODE_DISABLE_AUTOUPDATE: '1',
  OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
  OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
} as const;

const MODEL = /^[\w.@-]+\/[\w./:@+~-]+$/u;

/** The models of the providers opencode is signed in to, as it lists them: `provider/model`, one a line. */
export async function opencodeModels(
  program: string | undefined,
  room: DetectionRoom,
): Promise<Result<ToldModels>> {
  if (program === undefined) return fail('program_missing', 'opencode was not found.');
  const answer = await room.ask(program, ['models'], { env: QUIET_ENV, outputLimit: 512 * 1024 });
  const models = answer?.exitCode === 0 ? readModels(answer.output) : [];
  if (models.length > 0) return ok({ source: 'program', models });
  return fail('models_untold', 'opencode did not tell its models.');
}

export function readModels(output: string): ToldModels['models'] {
  return output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length <= 200 && MODEL.test(line))
    .map((name) => modelNamed(name));
}
