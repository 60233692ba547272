import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git, GitPlace } from './git.ts';

/** Author and committer as git takes them from the environment. */
export type Identity = Readonly<Record<string, string>>;

export function identityOf(name: string, email: string): Identity {
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}

export const HOMER: Identity = identityOf('Homer', 'homer@localhost');

/** The owner as configured for git in this project; Homer when either name or address is missing. */
export async function ownerIdentity(git: Git, place: GitPlace): Promise<Result<Identity>> {
  const found = await git.run(place, ['config', '-z', '--get-regexp', '^user\\.(name|email)$'], {
    accept: [0, 1],
  });
  if (!found.ok) return found;
  // `key\nvalue` each; of several, the last one counts.
  const values = new Map(
    found.value.fields().map((field) => {
      const end = field.indexOf('\n');
      const value = field.slice(end + 1).replace(/[<>\r\n]/gu, '');
      return [field.slice(0, end), end === -1 ? '' : value.trim()];
    }),
  );
  const name = values.get('user.name') ?? '';
  const email = values.get('user.email') ?? '';
  return ok(name === '' || email === '' ? HOMER : identityOf(name, email));
}
