import type { LiveMessage } from '../../preload/contract/live.ts';
import type { Call, OperationName, OutputOf } from '../../preload/contract/operations.ts';
import type { RendererClock } from './clock.ts';
import { dropEntities, putEntities, type Entities } from './entities.ts';

export type ProposalCard = OutputOf<'proposal.cards'>[number];
export type RunRow = OutputOf<'run.rows'>[number];

/** What one batch changed: the new cards and rows, and the ids of those that are gone. */
export interface Patch {
  readonly cards: readonly ProposalCard[];
  readonly goneCards: readonly string[];
  readonly rows: readonly RunRow[];
  readonly goneRows: readonly string[];
}

export interface PatchOptions {
  readonly call: Call;
  readonly clock: RendererClock;
  readonly cards: Entities<ProposalCard>;
  readonly rows: Entities<RunRow>;
  /** Topics that changed: `proposal`, `proposal:<id>`, … */
  readonly onTopics: (topics: ReadonlySet<string>) => void;
  readonly onOverview: (overview: OutputOf<'overview.get'>) => void;
  readonly onPatch: (patch: Patch) => void;
}

export interface Patcher {
  receive(message: LiveMessage): void;
  /** Reads these again soon, as if an event had named them. */
  touch(entity: 'proposal' | 'run', id: string): void;
  /** True while a batch changes this card or row though nobody in this window asked for it: `touch` names what was asked for. */
  isForeign(id: string): boolean;
  /** A command about it was sent; the result says that it was answered. */
  commanding(id: string): () => void;
  stop(): void;
}

const batchMs = 100;
const retryMs = 1_000;
const idsPerCall = 500;

/** Turns live events into patches: ids gathered for 100 ms are read once, and one batch is read at a time. */
export function createPatcher(options: PatchOptions): Patcher {
  const { call, clock, cards, rows } = options;
  let proposals = new Set<string>();
  let runs = new Set<string>();
  let topics = new Set<string>();
  let asked = new Set<string>();
  /** Told by an event before their commands are answered. */
  const commanded: string[] = [];
  let own: ReadonlySet<string> | undefined;
  let flying = false;
  let cancel: (() => void) | undefined;
  let stopped = false;

  const schedule = (ms: number): void => {
    if (cancel || flying || stopped) return;
    cancel = clock.after(ms, () => {
      cancel = undefined;
      void flush();
    });
  };

  const flush = async (): Promise<void> => {
    const batch = { proposals, runs, topics };
    proposals = new Set();
    runs = new Set();
    topics = new Set();
    const mine = asked;
    asked = new Set();
    flying = true;
    const overview = call('overview.get', {});
    const freshRows = await readAll(call, 'run.rows', [...batch.runs]);
    for (const row of freshRows?.found ?? [])
      if (row.proposalId) {
        batch.proposals.add(row.proposalId);
        batch.topics.add(`proposal:${row.proposalId}`);
      }
    // Told before the cards are read, so that open details are read at the same time.
    options.onTopics(batch.topics);
    const freshCards = await readAll(call, 'proposal.cards', [...batch.proposals]);
    const counts = await overview;
    flying = false;
    if (stopped) return;
    if (counts.ok) options.onOverview(counts.value);
    own = mine;
    if (freshRows) {
      putEntities(rows, freshRows.found);
      dropEntities(rows, freshRows.gone);
    } else for (const id of batch.runs) runs.add(id);
    if (freshCards) {
      putEntities(cards, freshCards.found);
      dropEntities(cards, freshCards.gone);
    } else for (const id of batch.proposals) proposals.add(id);
    options.onPatch({
      cards: freshCards?.found ?? [],
      goneCards: freshCards?.gone ?? [],
      rows: freshRows?.found ?? [],
      goneRows: freshRows?.gone ?? [],
    });
    own = undefined;
    if (proposals.size + runs.size + topics.size > 0) schedule(freshRows && freshCards ? batchMs : retryMs);
  };

  return {
    receive(message) {
      for (const event of message.events) {
        topics.add(event.entity);
        topics.add(`${event.entity}:${event.entityId}`);
        if (event.entity === 'proposal') proposals.add(event.entityId);
        if (event.entity === 'run') runs.add(event.entityId);
      }
      if (message.events.length > 0) schedule(batchMs);
    },
    touch(entity, id) {
      (entity === 'proposal' ? proposals : runs).add(id);
      topics.add(entity);
      topics.add(`${entity}:${id}`);
      asked.add(id);
      schedule(0);
    },
    isForeign: (id) => own !== undefined && !own.has(id) && !commanded.includes(id),
    commanding(id) {
      commanded.push(id);
      return () => {
        commanded.splice(commanded.indexOf(id), 1);
      };
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

type Listed = Extract<OperationName, 'proposal.cards' | 'run.rows'>;

/** Undefined when it could not be read. */
async function readAll<N extends Listed>(
  call: Call,
  name: N,
  ids: readonly string[],
): Promise<{ found: OutputOf<N>[number][]; gone: string[] } | undefined> {
  const found: OutputOf<N>[number][] = [];
  for (let start = 0; start < ids.length; start += idsPerCall) {
    const reply = await call(name, { ids: ids.slice(start, start + idsPerCall) } as never);
    if (!reply.ok) return undefined;
    found.push(...(reply.value as OutputOf<N>[number][]));
  }
  const known = new Set(found.map((item) => item.id));
  return { found, gone: ids.filter((id) => !known.has(id)) };
}
