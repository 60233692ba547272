import {
  MOST_MODELS,
  modelNamed,
  type EndpointHealth,
  type ModelList,
  type OfferedModel,
} from '../domain/agent/model-list.ts';
import type { PriceTable } from '../domain/cost/price-table.ts';
import { ok, type Result } from '../shared/result.ts';
import type { Clock } from '../shared/clock.ts';
import type { Scope } from '../shared/scope.ts';
import { createAsk } from './detect-executors.ts';
import type { Executor, ToldModels } from './executor.ts';
import type { RunCommand } from './process/run-command.ts';
import type { ExecutorRegistry } from './registry.ts';

/** An account of an executor whose models are its own, as its turns would find it. The values of `env` may be secrets. */
export interface ModelPlace {
  readonly accountId: string | null;
  readonly label: string;
  /** Changes whenever the account does. */
  readonly version: number;
  readonly env: Readonly<Record<string, string>>;
}

export type ListModels = (
  executor: string,
  places: readonly ModelPlace[],
  fresh: boolean,
) => Promise<Result<ModelList>>;

/** A program may take seconds to tell, and has the same list the next minute. */
const KEEP_MS = 300_000;
/** An endpoint may be gone by then, and a program that did not tell may do so the next time. */
const KEEP_BRIEFLY_MS = 5_000;
/** A program that starts for the first time prepares itself. */
const TIME_LIMIT_MS = 15_000;

/**
 * The models an executor offers: its program's own list, else the names the price table has for its kind. Lists are kept for a while, and
 * asked for once however many ask.
 */
export function createModelLists(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly executors: ExecutorRegistry;
  readonly run: RunCommand;
  readonly scope: Scope;
  /** A folder that exists; programs are started there. */
  readonly cwd: string;
  readonly clock: Clock;
  readonly prices: () => PriceTable;
}): ListModels {
  const { clock } = options;
  const askAs = createAsk({ ...options, timeLimitMs: TIME_LIMIT_MS });
  const kept = new Map<string, { at: number; keepMs: number; list: Promise<ModelList> }>();

  const tell = async (executor: Executor, place: ModelPlace): Promise<Result<ToldModels> | null> => {
    // The owner's own key goes to no account's address.
    const own = Object.entries(options.env).filter(
      ([name]) => place.accountId === null || !executor.signInEnv.includes(name),
    );
    const env = { ...Object.fromEntries(own), ...place.env };
    const allowed = [...executor.passEnv, ...(place.accountId === null ? executor.signInEnv : [])];
    const ask = askAs(`models of ${executor.name}`, allowed);
    const told = executor.models?.({
      env,
      ask: (program, args, more) => ask(program, args, { ...more, env: { ...place.env, ...more?.env } }),
    });
    return told ?? null;
  };

  const make = async (executor: Executor, places: readonly ModelPlace[]): Promise<ModelList> => {
    const own: ModelPlace = { accountId: null, label: executor.label, version: 0, env: {} };
    const asked = await Promise.all(
      (places.length > 0 ? places : [own]).map(async (place) => ({
        place,
        told: await tell(executor, place),
      })),
    );
    const answers = asked.flatMap(({ place, told }) =>
      told?.ok ? [{ label: place.label, ...told.value }] : [],
    );
    const endpoints = asked.flatMap(({ place: { accountId, label }, told }): EndpointHealth[] =>
      told?.ok && told.value.endpoint
        ? [{ accountId, label, ...told.value.endpoint, models: told.value.models.length }]
        : [],
    );
    const first = answers[0];
    if (first) {
      const models = united(answers);
      return {
        executor: executor.name,
        source: first.source,
        models: models.slice(0, MOST_MODELS),
        endpoints,
        note:
          models.length > MOST_MODELS ? `It has ${String(models.length)} models; here are the first.` : '',
      };
    }
    const why = asked.flatMap(({ told }) => (told?.ok === false ? [told.error.message] : []))[0] ?? '';
    const names = pricedNames(options.prices(), executor.modelPrefix);
    return {
      executor: executor.name,
      source: names.length > 0 ? 'prices' : 'none',
      models: names.map((name) => modelNamed(name)),
      endpoints,
      note:
        why ||
        (names.length > 0
          ? `${executor.label} has no list of its own; it may know other names.`
          : `Homer knows no list of models of ${executor.label}.`),
    };
  };

  return async (name, places, fresh) => {
    const executor = options.executors.get(name);
    if (!executor.ok) return executor;
    const key = [
      name,
      ...places.map(({ accountId, version }) => `${accountId ?? ''} ${String(version)}`),
    ].join('\n');
    const before = kept.get(key);
    if (before && !fresh && clock.monotonic() - before.at < before.keepMs) return ok(await before.list);
    const entry = { at: clock.monotonic(), keepMs: KEEP_MS, list: make(executor.value, places) };
    kept.set(key, entry);
    const list = await entry.list;
    if (list.endpoints.length > 0 || list.note !== '') entry.keepMs = KEEP_BRIEFLY_MS;
    return ok(list);
  };
}

/** Each name once, in the order they were told; of a model in two places, what either tells, and where it is when it is not everywhere. */
function united(
  places: readonly { readonly label: string; readonly models: readonly OfferedModel[] }[],
): OfferedModel[] {
  const byName = new Map<string, { model: OfferedModel; at: readonly string[] }>();
  for (const { label, models } of places)
    for (const model of models) {
      const known = byName.get(model.name);
      const of = known?.model;
      byName.set(model.name, {
        model: {
          name: model.name,
          contextTokens: of?.contextTokens ?? model.contextTokens,
          tools: of?.tools ?? model.tools,
          loaded: of?.loaded === true ? true : (model.loaded ?? of?.loaded ?? null),
        },
        at: [...(known?.at ?? []), label],
      });
    }
  return [...byName.values()].map(({ model, at }) =>
    at.length < places.length ? { ...model, accounts: [...new Set(at)] } : model,
  );
}

/** Names of the price table that begin so; a name that stands for several is given without its end. */
function pricedNames({ prices }: PriceTable, prefix: string | undefined): string[] {
  if (prefix === undefined) return [];
  const names = prices.map(({ model }) => model.slice(model.lastIndexOf('/') + 1).replace(/[-*]*\*$/u, ''));
  return [...new Set(names.filter((name) => name.startsWith(prefix)))];
}
