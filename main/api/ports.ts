import type { ModelList } from '../domain/agent/model-list.ts';
import type { SignedIn } from '../domain/account/signed-in.ts';
import type { PriceTable } from '../domain/cost/price-table.ts';
import type { ApplyPreview, RollBackPreview } from '../domain/run/apply-preview.ts';
import type { ApplyStrategy } from '../domain/run/apply-strategy.ts';
import type { LeftOut } from '../domain/run/left-out.ts';
import type { Diff } from '../domain/run/diff.ts';
import type { Project } from '../domain/project/project.ts';
import type { Run, TestEvidence } from '../domain/run/run.ts';
import type { LeftBranch } from '../workspace/left-branches.ts';
import type { Result } from '../shared/result.ts';

/** What a folder looks like before it becomes a project. */
export interface FolderInspection {
  readonly path: string;
  readonly name: string;
  readonly defaultBranch: string;
  readonly headCommit: string;
  readonly dirty: boolean;
  readonly testCommand: string;
  readonly setupCommand: string;
  readonly warnings: string[];
}

/** What handlers need of git and of the machine. Boot joins them with the rooms that do it. */
export interface ApiPorts {
  inspect(path: string): Promise<Result<FolderInspection>>;
  /** Why a project's folder cannot be worked in now; null when it can. Cheap: it looks, and starts nothing. */
  problemOf(project: Project): string | null;
  test(project: Project, signal: AbortSignal): Promise<Result<TestEvidence>>;
  /** Branches Homer made in a project, and how one of them goes. */
  branches(project: Project): Promise<Result<LeftBranch[]>>;
  deleteBranch(
    project: Project,
    branch: { name: string; commit: string; unmerged: boolean },
  ): Promise<Result<null>>;
  diff(run: Run, project: Project): Promise<Result<Diff>>;
  /** Lines of a file as the run's result has it. */
  lines(
    run: Run,
    project: Project,
    part: { path: string; from: number; to: number },
  ): Promise<Result<{ lines: string[]; total: number }>>;
  /** What an apply, and what a roll-back would do now. */
  previewApply(
    run: Run,
    project: Project,
    choice: { strategy: ApplyStrategy; leftOut?: LeftOut | undefined },
  ): Promise<Result<ApplyPreview>>;
  previewRollBack(run: Run, project: Project): Promise<Result<RollBackPreview>>;
  output(
    runId: string,
    request: { attempt: number; step: number; stream: 'stdout' | 'stderr'; offset: number; limit: number },
  ): Promise<Result<{ text: string; nextOffset: number; size: number }>>;
  createDemo(): Promise<
    Result<{ path: string; shellCommand: string; executorLabel: string; testCommand: string }>
  >;
  priceTable(): PriceTable;
  /** Prices in force, and where the owner's own are read from. */
  prices(): { date: string; models: number; file: string; overridden: boolean; problem: string | null };
  /** Whether a folder is there and can be written to. */
  folderProblem(path: string): string | null;
  /** Whether the accounts of an executor may have an address of their own, and in which variable its program finds it; null: they may not. */
  addressVariable(executor: string): string | null;
  /** The variable by which an executor finds the folder of a sign-in, where its models differ by it; null: they do not. */
  homeVariable(executor: string): string | null;
  /** Names of the executors of this host; nothing is started to find them out. */
  executorNames(): readonly string[];
  /** The models an executor offers; `places`: its accounts whose models are their own. */
  models(
    executor: string,
    places: readonly {
      accountId: string;
      label: string;
      version: number;
      env: Readonly<Record<string, string>>;
    }[],
    fresh: boolean,
  ): Promise<Result<ModelList>>;
  executors(): Promise<
    {
      name: string;
      label: string;
      usable: boolean;
      found: boolean;
      path: string | null;
      version: string | null;
      signedIn: SignedIn;
      note: string;
      install: string;
      signIn: string;
      tested: { readonly from: string; readonly below: string } | null;
      file: string | null;
    }[]
  >;
  readonly dataFolder: string;
  /** The sizes of the data folder's parts, in bytes, and what retention would free. */
  data(): Promise<{
    folder: string;
    folders: { rawOutput: number; backups: number; logs: number; archives: number; setAside: number };
    retention: { runEvents: number; domainEvents: number; outputs: number; outputBytes: number };
  }>;
  /** `full`: with every page of the database, and every reference. */
  doctor(
    full: boolean,
  ): Promise<{ name: string; status: 'ok' | 'warning' | 'error'; detail: string; hint: string | null }[]>;
}
