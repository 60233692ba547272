import type { NoticeCentre } from '../approvals/notice-centre.ts';
import type { Discovery } from '../discovery/discover.ts';
import type { Custodian } from '../runtime/custodian.ts';
import type { Evidence } from '../runtime/evidence/evidence.ts';
import type { Loop } from '../runtime/loop.ts';
import type { Review } from '../runtime/review.ts';
import type { SearchIndexer } from '../runtime/search-indexer.ts';
import type { TestChecks } from '../runtime/test-checks.ts';
import type { Tick } from '../runtime/tick.ts';
import type { Upkeep } from '../runtime/upkeep.ts';
import type { Tidy } from '../runtime/tidy-run.ts';
import type { Secrets } from '../domain/secret/secrets.ts';
import type { Clock } from '../shared/clock.ts';
import type { Meter } from '../shared/meter.ts';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import type { Store } from '../store/store.ts';
import type { HostPort } from './host-port.ts';
import type { ApiPorts } from './ports.ts';
import type { RestorePort } from './restore-port.ts';

/** What the handlers of all operations are made from. */
export interface ApiOptions {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly discovery: Discovery;
  readonly evidence: Evidence;
  readonly loop: Loop;
  readonly review: Review;
  readonly tick: Tick;
  readonly testChecks: TestChecks;
  readonly tidy: Tidy;
  readonly upkeep: Upkeep;
  readonly custodian: Custodian;
  readonly searchIndexer: SearchIndexer;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly scope: Scope;
  readonly notices: NoticeCentre;
  readonly ports: ApiPorts;
  readonly version: string;
  readonly host: 'desktop' | 'headless' | 'cli';
  /** Of the desktop app; the other hosts have none. */
  readonly hostPort?: HostPort | undefined;
  /** Of a host that can take another database while it runs. */
  readonly restorePort?: RestorePort | undefined;
}
