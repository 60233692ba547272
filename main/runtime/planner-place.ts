import type { Result } from '../shared/result.ts';

/** A worktree that is lent to a planner and gone afterwards, with whatever it changed. */
export interface LentPlace {
  readonly path: string;
  readonly commit: string;
  /** What is not as it was lent. It failed: it cannot be told, because the worktree is damaged. */
  changed(): Promise<Result<readonly string[]>>;
}

export interface PlannerPlace {
  /** Lends a worktree of the head of a project's branch, and removes it whatever happens in `use`. */
  lend<T>(
    of: { readonly projectPath: string; readonly branch: string },
    use: (place: LentPlace) => Promise<Result<T>>,
  ): Promise<Result<T>>;
  /** Removes one that a killed host left. */
  drop(of: { readonly projectPath: string; readonly worktree: string }): Promise<Result<unknown>>;
}
