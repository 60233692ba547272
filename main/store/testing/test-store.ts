import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Execution } from '../../domain/intent/intent.ts';
import { defaultSensitivePatterns } from '../../domain/risk/gate.ts';
import { defaultPathPolicy } from '../../domain/risk/path-policy.ts';
import { defaultBudget } from '../../domain/run/budget.ts';
import { createManualClock, type ManualClock } from '../../shared/clock.ts';
import { createIds } from '../../shared/ids.ts';
import { createSilentLog } from '../../shared/log.ts';
import { unwrap, type Result } from '../../shared/result.ts';
import { createScope, type Scope } from '../../shared/scope.ts';
import type { Write } from '../database.ts';
import { lastEventSeq } from '../domain-event-store.ts';
import { createIntentWithRun } from '../enqueue-run.ts';
import type { NewIntent } from '../intent-store.ts';
import { insertProject } from '../project-store.ts';
import { insertProposal, type NewProposal } from '../proposal-store.ts';
import { openStore, type Store } from '../store.ts';

export const MIGRATIONS = resolve(import.meta.dirname, '../../../migrations');

export interface TestStore {
  readonly folder: string;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly scope: Scope;
  /** How many domain events are stored. */
  events(): number;
  dispose(): Promise<void>;
}

export function createFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'homer-store-')));
}

/** Opens a database file as a host does, on a clock that stands still. */
export function openAt(
  folder: string,
  scope: Scope,
  migrationsFolder = MIGRATIONS,
  clock: ManualClock = createManualClock(),
): Promise<Result<Store>> {
  return openStore({ folder, migrationsFolder, clock, ids: createIds(clock), log: createSilentLog(), scope });
}

export async function createTestStore(): Promise<TestStore> {
  const folder = createFolder();
  const clock = createManualClock();
  const scope = createScope('test store');
  const store = unwrap(await openAt(folder, scope, MIGRATIONS, clock));
  return {
    folder,
    store,
    clock,
    scope,
    events: () => store.read(lastEventSeq),
    async dispose() {
      await scope.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function addProject(write: Write, name = 'Parser'): string {
  return insertProject(
    write,
    {
      name,
      localPath: `/nowhere/${name}`,
      defaultBranch: 'main',
      testCommand: 'npm test',
      setupCommand: '',
      testTimeoutMs: 60_000,
      pathPolicy: defaultPathPolicy,
      riskProfile: 'strict',
      sensitivePatterns: [...defaultSensitivePatterns],
      defaultExecutor: 'shell',
      shellCommand: 'true',
      autoApply: false,
      maxRuns: null,
      planner: '',
      demo: false,
    },
    'tester',
  ).id;
}

let made = 0;

export function addProposal(write: Write, fields: Partial<NewProposal> = {}): string {
  made += 1;
  const id = insertProposal(
    write,
    {
      title: `Idea ${String(made)}`,
      summary: '',
      content: '',
      source: 'todo',
      sourceRef: '',
      fingerprint: `fingerprint ${String(made)}`,
      relevance: 20,
      projectId: null,
      goalId: null,
      parentId: null,
      expiresAt: null,
      ...fields,
    },
    'tester',
  );
  if (id === null) throw new Error('This proposal was there before.');
  return id;
}

const execution: Execution = {
  v: 1,
  runType: 'agent',
  shellCommand: null,
  executorLabel: null,
  dryRun: false,
  verbose: false,
  budget: defaultBudget,
  testCommand: null,
  metadata: {},
};

/** An intent with its first run, queued unless `held` says why not. */
export function addRun(
  write: Write,
  projectId: string,
  fields: Partial<NewIntent> = {},
  held: { rule: string; reason: string }[] = [],
): string {
  const intent: NewIntent = {
    name: 'Mend it',
    description: '',
    intentType: 'task',
    query: 'Mend it.',
    contextFiles: [],
    lane: '',
    executor: 'shell',
    model: null,
    trigger: { type: 'immediate' },
    execution,
    priority: 50,
    enabled: true,
    nextDueAt: null,
    misfirePolicy: 'run_once',
    source: 'user',
    sourceProposalId: null,
    goalId: null,
    projectId,
    ...fields,
  };
  return createIntentWithRun(write, intent, {
    gate: { start: held.length > 0 ? 'draft' : 'queued', held },
    triggeredBy: 'owner',
    executorLabel: 'shell',
    actor: 'tester',
  }).id;
}
