import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../domain/primitives.ts';
import { fail, messageOf, ok, type Result } from '../../shared/result.ts';
import type { CommandLink, ExecutorCommand } from '../executor.ts';
import { isObject } from '../json-event.ts';
import { isFile, namesIn } from '../read-head.ts';

const FOLDER = '.gemini';
const SETTINGS = 'settings.json';
/** Where it keeps sessions: an own folder that were gone with the turn would leave nothing to go on with. */
const KEPT = ['tmp', 'history'];

/**
 * A home folder for one turn, below the turn's private folder: the owner's settings with `over` laid over them, and links to all else the
 * owner has there. Nothing of the owner's is changed, and turns side by side have settings of their own. The settings of the system, which
 * would do as well, are only taken from files that belong to root.
 */
export function geminiHome(
  ownersHome: string,
  over: JsonObject,
  /** What holds where the owner's settings say nothing. */
  under: JsonObject = {},
): Result<Required<Pick<ExecutorCommand, 'files' | 'links'>>> {
  const owners = join(ownersHome, FOLDER);
  const settings = readSettings(join(owners, SETTINGS));
  if (!settings.ok) return settings;
  const names = namesIn(owners).filter(
    (name) => name !== SETTINGS && !KEPT.includes(name) && !name.endsWith('.tmp'),
  );
  const link = (name: string): CommandLink => ({ path: join('home', FOLDER, name), to: join(owners, name) });
  return ok({
    files: [
      {
        path: join('home', FOLDER, SETTINGS),
        text: JSON.stringify(merge(merge(under, settings.value), over)),
      },
    ],
    links: [...names.map(link), ...KEPT.map((name) => ({ ...link(name), folder: true }))],
  });
}

function readSettings(path: string): Result<JsonObject> {
  if (!isFile(path)) return ok({});
  try {
    const value: unknown = JSON.parse(withoutComments(readFileSync(path, 'utf8')));
    if (isObject(value)) return ok(value);
    return unreadable(path, 'it is not a JSON object');
  } catch (error) {
    if (error instanceof Error) return unreadable(path, messageOf(error));
    throw error;
  }
}

function unreadable(path: string, why: string): Result<never> {
  return fail('agent_settings_unreadable', `The settings of Gemini CLI in ${path} cannot be read: ${why}.`, {
    hint: 'Mend the file, or move it away, and start the run again.',
  });
}

/** Strings stay as they are, whatever stands in them. */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//gu, (part) =>
    part.startsWith('"') ? part : ' ',
  );
}

function merge(under: JsonObject, over: JsonObject): JsonObject {
  const merged: JsonObject = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return merged;
}
