import type { Executor } from '../../main/agents/executor.ts';
import type { AccountGrant } from '../../main/agents/runner.ts';

/** A real agent program at a pinned version, and how it is made to speak to the model server. One file of `programs/` is one of these. */
export interface AgentProgram {
  readonly name: string;
  /** The npm package and the version that is installed; null: it is Homer's own, at `bin`. */
  readonly package: string | null;
  readonly version: string;
  /** The program as the package puts it below `node_modules`, as an owner would have it on the PATH. */
  readonly bin: string;
  /** Homer's own executor; `env` names the installed program. */
  executor(env: Readonly<Record<string, string>>): Executor;
  /** The account by which it speaks to `base`; `home` is an empty folder for what it keeps. Files it needs there are written now. */
  account(base: string, home: string): AccountGrant;
  readonly model: string | null;
  /** The variable by which its owner names that folder; absent: it has none, and only Homer's own is then put through the whole job with a host. */
  readonly homeVariable?: string;
  /** Whether it works another way where it may ask: each scenario is then taken that way as well. */
  readonly asks?: boolean;
  /** Scenarios that this program has no such thing for, and why. */
  readonly skips: Readonly<Record<string, string>>;
}

export const FAKE_KEY = 'fake-key-for-the-model-server';
