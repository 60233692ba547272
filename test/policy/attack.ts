import type { TestRepository } from '../../main/workspace/test-repository.ts';
import type { PathPolicy } from '../../main/domain/risk/path-policy.ts';

/** Where an attack takes place. */
export interface Scene {
  /** The run's worktree. */
  readonly root: string;
  /** The owner's checkout, and its `.git` folder. */
  readonly project: string;
  readonly dotGit: string;
  /** What git keeps of the worktree, `.git/worktrees/<run id>`. */
  readonly gitDir: string;
  /** A folder beside the project that nothing may touch. */
  readonly outside: string;
  readonly branch: string;
  readonly base: string;
  readonly repository: TestRepository;
  /** Plain git as the agent runs it; in the worktree when no other folder is given. Fails with git. */
  git(args: readonly string[], cwd?: string): string;
}

/** What has to come of it. */
export type Outcome =
  /** The verdict names this path under this rule; nothing is committed. */
  | { readonly refused: string; readonly rule: RegExp }
  /** The owner may have done it: told in the verdict, and not in the way of the run. */
  | { readonly noticed: string; readonly rule: RegExp }
  /** The trick does not work: this path is seen and committed like any honest change. */
  | { readonly seen: string }
  /** Nothing of this path is in what is committed. */
  | { readonly absent: string }
  /** The verdict could not know it, but the checkpoint is refused with one of these tags. */
  | { readonly stopped: RegExp };

export interface Attack {
  readonly group: string;
  readonly name: string;
  /** Before the turn begins. */
  readonly before?: (scene: Omit<Scene, 'branch' | 'base'>) => void;
  /** During the turn. A reason as its answer: it cannot be tried on this machine. */
  readonly does: (scene: Scene) => string | undefined;
  /** Between the verdict and the checkpoint. */
  readonly meanwhile?: (scene: Scene) => void;
  readonly policy?: PathPolicy;
  readonly outcome: Outcome;
  /** It changes the owner's branch or checkout itself, which is found and cannot be prevented. */
  readonly reachesOwner?: true;
}
