import { join } from 'node:path';
import { z } from 'zod';
import { modelNamed } from '../../domain/agent/model-list.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { DetectionRoom, ToldModels } from '../executor.ts';
import { headOf } from '../read-head.ts';

const catalogSchema = z.object({
  models: z.array(
    z.object({
      slug: z.string().min(1).max(200),
      visibility: z.string().optional(),
      priority: z.number().optional(),
      context_window: z.int().positive().nullish(),
      supported_in_api: z.boolean().optional(),
    }),
  ),
});
/** With the instructions of each model it is long. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * What Codex lets its user choose from: what it last had from its provider for this sign-in, which lies in its folder; else what is built into
 * it. Neither asks the network. Models it hides are left out, and with a key those that only a subscription has.
 */
export async function codexModels(
  program: string | undefined,
  room: DetectionRoom,
): Promise<Result<ToldModels>> {
  const home = room.env['CODEX_HOME'] || (room.env['HOME'] ? join(room.env['HOME'], '.codex') : undefined);
  const keyed = (room.env['CODEX_API_KEY'] ?? '') !== '';
  const kept =
    home === undefined ? null : readCatalog(headOf(join(home, 'models_cache.json'), MOST_BYTES), keyed);
  if (kept !== null && kept.length > 0) return ok({ source: 'file', models: kept });
  if (program === undefined) return fail('program_missing', 'Codex was not found.');
  const answer = await room.ask(program, ['debug', 'models', '--bundled'], { outputLimit: MOST_BYTES });
  const told = answer?.exitCode === 0 ? readCatalog(answer.output, keyed) : null;
  if (told !== null && told.length > 0) return ok({ source: 'program', models: told });
  return fail('models_untold', 'This version of Codex does not tell its models.');
}

/** Warnings may stand before the catalog; null: there is none. */
function readCatalog(text: string, keyed: boolean): ToldModels['models'] | null {
  const from = text.startsWith('{') ? 0 : text.indexOf('\n{') + 1;
  let json: unknown;
  try {
    json = JSON.parse(text.slice(from));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const parsed = catalogSchema.safeParse(json);
  if (!parsed.success) return null;
  return parsed.data.models
    .filter(({ visibility }) => visibility === undefined || visibility === 'list')
    .filter(({ supported_in_api: inApi }) => !keyed || inApi !== false)
    .sort((a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity))
    .map(({ slug, context_window: tokens }) => modelNamed(slug, { contextTokens: tokens ?? null }));
}
