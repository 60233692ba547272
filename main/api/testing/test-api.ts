import { builtInPrices } from '../../domain/cost/price-table.ts';
import { join } from 'node:path';
import type { Reply } from '../../../preload/contract/errors.ts';
import type { InputOf, OperationName, OutputOf } from '../../../preload/contract/operations.ts';
import type { NoticeCentre } from '../../approvals/notice-centre.ts';
import { createDiscovery } from '../../discovery/discover.ts';
import type { Upkeep } from '../../runtime/upkeep.ts';
import type { Custodian } from '../../runtime/custodian.ts';
import { createSearchIndexer } from '../../runtime/search-indexer.ts';
import type { Tick } from '../../runtime/tick.ts';
import type { Log } from '../../shared/log.ts';
import { createMeter } from '../../shared/meter.ts';
import { FailureError, fail } from '../../shared/result.ts';
import type { Secrets } from '../../domain/secret/secrets.ts';
import { createMemorySecrets } from '../../domain/secret/testing/memory-secrets.ts';
import { createTestStore, type TestStore } from '../../store/testing/test-store.ts';
import { inspectProject } from '../../workspace/inspect.ts';
import { createTestRepository, type TestRepository } from '../../workspace/test-repository.ts';
import { createHandlers } from '../api.ts';
import { createDispatch, type Dispatch, type Handlers } from '../dispatch.ts';

export interface TestApi extends TestStore {
  readonly repository: TestRepository;
  readonly handlers: Handlers;
  readonly dispatch: Dispatch;
  /** What was logged as an error. */
  readonly errors: { message: string; fields: Record<string, unknown> | undefined }[];
  readonly log: Log;
  readonly secrets: Secrets;
  call<N extends OperationName>(name: N, input: InputOf<N>): Promise<Reply<OutputOf<N>>>;
  /** As `call`, for what must succeed. */
  did<N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  dispose(): Promise<void>;
}

/** The handlers over a real store and real git. No run works here: whatever would start one throws. */
export async function createTestApi(): Promise<TestApi> {
  const bench = await createTestStore();
  let made: TestRepository | undefined;
  /** Made when a test first asks: most need none, and git takes its time. */
  const repository = (): TestRepository => (made ??= createTestRepository());
  const errors: TestApi['errors'] = [];
  const none = (): void => undefined;
  const log: Log = {
    debug: none,
    info: none,
    warn: none,
    error: (message, fields) => errors.push({ message, fields }),
  };
  const { store, clock, scope } = bench;
  const secrets = createMemorySecrets();
  const handlers = createHandlers({
    store,
    clock,
    log,
    meter: createMeter(),
    scope,
    discovery: createDiscovery({ store, readers: [], clock, log, scope }),
    evidence: absent('evidence'),
    secrets,
    loop: absent('loop'),
    review: absent('review'),
    testChecks: absent('testChecks'),
    tidy: absent('tidy'),
    upkeep: absent<Upkeep>('upkeep', { problems: () => [] }),
    searchIndexer: createSearchIndexer({ store, clock, log, scope }),
    custodian: absent<Custodian>('custodian', { shortage: () => null }),
    notices: absent<NoticeCentre>('notices'),
    tick: absent<Tick>('tick', { problems: () => [] }),
    version: '0.0.0',
    host: 'headless',
    ports: {
      inspect: (path) =>
        inspectProject(repository().git, {
          path,
          cwd: repository().folder,
          home: repository().folder,
          dataFolder: join(repository().folder, 'data'),
        }),
      problemOf: () => null,
      priceTable: () => builtInPrices,
      prices: () => ({
        date: '2026-01-01',
        models: 0,
        file: 'prices.json',
        overridden: false,
        problem: null,
      }),
      dataFolder: '/data/homer',
      folderProblem: (path) => (path.startsWith('/') ? null : `${path} is not an absolute path.`),
      test: () => Promise.resolve(fail('tests_ended', 'No tests here.')),
      branches: () => Promise.resolve(fail('git_failed', 'No branches here.')),
      deleteBranch: () => Promise.resolve(fail('not_found', 'No branches here.')),
      diff: () => Promise.resolve(fail('git_failed', 'No diffs here.')),
      lines: () => Promise.resolve(fail('not_found', 'No files here.')),
      previewApply: () => Promise.resolve(fail('git_failed', 'No previews here.')),
      previewRollBack: () => Promise.resolve(fail('git_failed', 'No previews here.')),
      output: () => Promise.resolve(fail('not_found', 'No output here.')),
      createDemo: () => Promise.resolve(fail('git_failed', 'No demo here.')),
      executorNames: () => ['shell', 'local'],
      addressVariable: (name) => (name === 'local' ? 'HOMER_LOCAL_BASE_URL' : null),
      homeVariable: (name) => (name === 'codex' ? 'CODEX_HOME' : null),
      executors: () => Promise.resolve([]),
      models: () => Promise.resolve(fail('executor_unknown', 'No models here.')),
      doctor: () => Promise.resolve([]),
      data: () => Promise.reject(new Error('No data folder here.')),
    },
  });
  const dispatch = createDispatch(handlers, log);
  const call: TestApi['call'] = (name, input) =>
    dispatch(name, input, { actor: { name: 'owner', channel: 'dashboard' } }) as ReturnType<
      TestApi['call']
    > as never;
  return {
    ...bench,
    get repository() {
      return repository();
    },
    handlers,
    dispatch,
    errors,
    log,
    secrets,
    call,
    async did(name, input) {
      const reply = await call(name, input);
      if (!reply.ok) throw new FailureError(reply.error as FailureError['failure']);
      return reply.value;
    },
    async dispose() {
      await bench.dispose();
      made?.dispose();
    },
  };
}

function absent<T extends object>(what: string, present: Partial<T> = {}): T {
  return new Proxy(present as T, {
    get: (target, member) => {
      if (member in target) return target[member as keyof T];
      throw new Error(`${what}.${String(member)} is not there in this test.`);
    },
  });
}
