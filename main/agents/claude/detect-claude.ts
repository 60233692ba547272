import type { DetectionRoom, ExecutorInfo } from '../executor.ts';
import { jsonOfLine, textAt } from '../json-event.ts';
import { versionIn, versionNote, type VersionRange } from '../version-range.ts';

/** Versions that are known to work. */
export const CLAUDE_TESTED: VersionRange = { from: '2.1.197', below: '3.0.0' };

export async function detectClaude(path: string | undefined, room: DetectionRoom): Promise<ExecutorInfo> {
  const about = { name: 'claude', label: 'Claude Code', usable: true } as const;
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
    room.ask(path, ['auth', 'status', '--json']),
  ]);
  const version = told?.exitCode === 0 ? versionIn(told.output) : null;
  // It answers from its files alone. A version without this command says something else, which tells nothing.
  const answer = jsonOfLine({ stream: 'stdout', text: (status?.output ?? '').trim(), dropped: 0 });
  const signedIn = answer?.['loggedIn'] === true ? 'yes' : answer?.['loggedIn'] === false ? 'no' : 'unknown';
  const how: Record<string, string> = {
    api_key: 'With an API key.',
    oauth_token: 'With a subscription token.',
    claude_ai: 'With a subscription.',
  };
  const note = [
    versionNote(version, CLAUDE_TESTED),
    signedIn === 'no' ? 'Sign in by starting claude once, or give it an API key.' : '',
    signedIn === 'yes' ? (how[textAt(answer, 'authMethod')] ?? '') : '',
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
