import picomatch from 'picomatch';
import { z } from 'zod';

/**
 * Which paths of a project a run may change. Globs are matched against the path relative to the worktree with `/`
 * separators, ignoring case, so that `.ENV` is `.env` on every file system. Deny wins over allow; an empty `allow` allows all.
 */
export const pathPolicySchema = z.object({
  allow: z.array(z.string().min(1).max(300)).max(200),
  deny: z.array(z.string().min(1).max(300)).max(200),
});
export type PathPolicy = z.infer<typeof pathPolicySchema>;

export const defaultPathPolicy: PathPolicy = {
  allow: [],
  deny: [
    '**/.env*',
    'config.yaml',
    '**/.git',
    '**/.git/**',
    '.workspace/**',
    '**/*.pem',
    '**/*.key',
    '**/id_rsa*',
    '**/id_ed25519*',
    '**/.npmrc',
    '**/.netrc',
    '**/credentials*',
    '**/secrets.*',
  ],
};

export interface PathVerdict {
  readonly path: string;
  readonly allowed: boolean;
  /** The glob that decided, or why none did. */
  readonly rule: string;
}

/** Compiles a policy once; the judge answers for one relative path. */
export function createPathJudge(policy: PathPolicy): (path: string) => PathVerdict {
  const compile = (glob: string): { glob: string; matches: (path: string) => boolean } => ({
    glob,
    matches: picomatch(glob.normalize('NFC'), { dot: true, nocase: true }),
  });
  const deny = policy.deny.map(compile);
  const allow = policy.allow.map(compile);
  return (path) => {
    const normal = path.normalize('NFC');
    const denied = deny.find((rule) => rule.matches(normal));
    if (denied) return { path, allowed: false, rule: `denied by ${denied.glob}` };
    if (allow.length === 0) return { path, allowed: true, rule: 'allowed: no allow list' };
    const allowed = allow.find((rule) => rule.matches(normal));
    return allowed
      ? { path, allowed: true, rule: `allowed by ${allowed.glob}` }
      : { path, allowed: false, rule: 'not on the allow list' };
  };
}
