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
  const values: string[] = [];
  for (const key of ['user.name', 'user.email']) {
    const found = await git.run(place, ['config', '--get', key], { accept: [0, 1] });
    if (!found.ok) return found;
    values.push(
      found.value
        .text()
        .replace(/[<>\r\n]/gu, '')
        .trim(),
    );
  }
  const [name = '', email = ''] = values;
  return ok(name === '' || email === '' ? HOMER : identityOf(name, email));
}
