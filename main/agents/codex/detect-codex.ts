import { join } from 'node:path';
import { headOf } from '../read-head.ts';
import type { DetectionRoom, ExecutorInfo } from '../executor.ts';
import { versionIn, versionNote, type VersionRange } from '../version-range.ts';

/** Versions that are known to work. */
export const CODEX_TESTED: VersionRange = { from: '0.140.0', below: '1.0.0' };

export async function detectCodex(path: string | undefined, room: DetectionRoom): Promise<ExecutorInfo> {
  const about = { name: 'codex', label: 'Codex', usable: true } as const;
  if (path === undefined)
    return {
      ...about,
      found: false,
      path: null,
      version: null,
      signedIn: 'unknown',
      note: 'Not found on PATH.',
    };
  const [told, status] = await Promise.all([
    room.ask(path, ['--version']),
    room.ask(path, ['login', 'status']),
  ]);
  const version = told?.exitCode === 0 ? versionIn(told.output) : null;
  // It answers from its files alone, and knows nothing of a key in the environment.
  const key = room.env['CODEX_API_KEY'] !== undefined || room.env['CODEX_ACCESS_TOKEN'] !== undefined;
  const said = status?.output ?? '';
  const signedOut = /not logged in/iu.test(said) && !hasOwnProvider(room.env);
  const signedIn = key || status?.exitCode === 0 ? 'yes' : signedOut ? 'no' : 'unknown';
  const how =
    key || /api key/iu.test(said) ? 'With an API key.' : /chatgpt/iu.test(said) ? 'With a subscription.' : '';
  const note = [
    versionNote(version, CODEX_TESTED),
    signedIn === 'no' ? 'Sign in by “codex login”, or give it an API key or a provider of its own.' : '',
    signedIn === 'yes' ? how : '',
  ];
  return {
    ...about,
    found: true,
    path,
    version,
    signedIn,
    note: note.filter((part) => part !== '').join(' '),
  };
}

/** Whether its configuration names a provider, whose key is no sign-in of Codex. */
function hasOwnProvider(env: DetectionRoom['env']): boolean {
  const home = env['CODEX_HOME'] ?? join(env['HOME'] ?? '', '.codex');
  const text = headOf(join(home, 'config.toml'));
  return /^\s*model_provider\s*=/mu.test(text);
}
