import type { Project } from '../domain/project/project.ts';
import type { TestEvidence } from '../domain/run/run.ts';
import type { Signal } from '../domain/source/source.ts';
import type { Result } from '../shared/result.ts';

export interface SourceLine {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** The few lines right below it. */
  readonly after: readonly string[];
}

/** What sources need of a repository. The workspace room does it; boot joins the two. */
export interface ProjectProbe {
  /** The commit the default branch stands at. */
  head(project: Project): Promise<Result<string>>;
  /** Lines of tracked text files that match the extended regular expression. */
  search(project: Project, pattern: string): Promise<Result<SourceLine[]>>;
  /** Sets up and tests a fresh worktree of the project, then removes it. */
  test(
    project: Project,
    signal: AbortSignal,
    /** Told when each command begins to run. */
    watch?: (stage: 'setup' | 'test', command: string, read: () => string) => void,
  ): Promise<Result<TestEvidence>>;
}

/** One kind of source: what it finds in a project now. `cursor` from the last time lets it skip what cannot have changed. */
export interface SourceReader {
  readonly type: Signal['source'];
  read(
    project: Project,
    options: { cursor: string | null; force: boolean; signal: AbortSignal },
  ): Promise<Result<{ signals: Signal[]; cursor: string | null; skipped: boolean }>>;
}
