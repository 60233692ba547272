import { secretNameSchema, secretProtection, secretTextSchema } from '../domain/secret/secret.ts';
import type { KeeperState, SecretEntry, SecretKeeperKind } from '../domain/secret/secret.ts';
import type { SecretKeeper } from '../domain/secret/secret-keeper.ts';
import { secretValue } from '../domain/secret/secret-value.ts';
import type { Secrets } from '../domain/secret/secrets.ts';
import { secretKeeper } from '../domain/secret/secret.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { fail, ok, type Refusal, type Result } from '../shared/result.ts';
import { createSecretFiles, type SealedSecret } from './secret-files.ts';

/**
 * Secrets of one data folder, over the keepers of this host. A new value goes to the keeper that protects best, the first of equals;
 * an old one is opened by the keeper that sealed it. What concerns one name happens one after the other; replacing is: seal, write,
 * then forget the old, so that an end in between leaves either the old value or the new one.
 */
export function createSecrets(options: {
  folder: string;
  /** In the order they are preferred. */
  keepers: readonly SecretKeeper[];
  clock: Clock;
  log: Log;
}): Secrets {
  const { keepers, clock, log } = options;
  const files = createSecretFiles(options.folder, () => clock.now());
  const turns = new Map<string, Promise<unknown>>();

  const keeperOf = (kind: SecretKeeperKind): SecretKeeper | undefined =>
    keepers.find((keeper) => keeper.kind === kind);
  const entryOf = ({ name, keeper, updatedAt }: SealedSecret): SecretEntry => ({
    name,
    keeper,
    updatedAt,
    readable: keeperOf(keeper) !== undefined,
  });

  /** One after the other for each name. */
  const inTurn = async <T>(name: string, work: () => Promise<Result<T>>): Promise<Result<T>> => {
    const checked = secretNameSchema.safeParse(name);
    if (!checked.success) return invalid(checked.error.issues[0]?.message ?? 'This name cannot be used.');
    const before = turns.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    turns.set(name, mine);
    try {
      return await mine;
    } finally {
      if (turns.get(name) === mine) turns.delete(name);
    }
  };

  const put = async (keeper: SecretKeeper, name: string, text: string): Promise<Result<SealedSecret>> => {
    const old = files.read(name);
    // A damaged file is set aside by the write.
    if (!old.ok && old.error.tag !== 'secret_damaged') return old;
    const sealed = await keeper.seal(name, text);
    if (!sealed.ok) return sealed;
    const secret: SealedSecret = {
      v: 1,
      name,
      keeper: keeper.kind,
      updatedAt: clock.iso(),
      sealed: sealed.value,
    };
    const written = files.write(secret);
    if (!written.ok) {
      await forget(secret);
      return written;
    }
    if (old.ok && old.value) await forget(old.value);
    return ok(secret);
  };

  /** What cannot be forgotten stays in the keyring, without a name that leads to it. */
  const forget = async (secret: SealedSecret): Promise<void> => {
    const forgotten = await keeperOf(secret.keeper)?.forget(secret.sealed);
    if (forgotten?.ok === false)
      log.warn('the old value of a secret could not be removed from its keeper', {
        secret: secret.name,
        keeper: secret.keeper,
        error: forgotten.error.message,
      });
  };

  return {
    get: (name) =>
      inTurn(name, async () => {
        const found = files.read(name);
        if (!found.ok) return found;
        if (found.value === null) return missing(name);
        const keeper = keeperOf(found.value.keeper);
        if (!keeper) return elsewhere(found.value);
        const opened = await keeper.open(name, found.value.sealed);
        if (!opened.ok) return opened;
        if (opened.value.stale) {
          const again = await put(keeper, name, opened.value.text);
          if (!again.ok)
            log.warn('a secret could not be sealed with the new key', {
              secret: name,
              error: again.error.message,
            });
        }
        return ok(secretValue(opened.value.text));
      }),
    set: (name, text) =>
      inTurn(name, async () => {
        const checked = secretTextSchema.safeParse(text);
        if (!checked.success)
          return invalid(checked.error.issues[0]?.message ?? 'This secret cannot be kept.');
        const { best, said } = await choose(keepers);
        if (!best)
          return fail('no_secret_keeper', 'There is no place on this machine to keep a secret.', {
            hint: said.at(-1)?.state.detail ?? 'Run `homer secrets status`.',
          });
        const kept = await put(best, name, text);
        return kept.ok ? ok(entryOf(kept.value)) : kept;
      }),
    delete: (name) =>
      inTurn(name, async () => {
        const found = files.read(name);
        if (!found.ok && found.error.tag !== 'secret_damaged') return found;
        if (found.ok && found.value === null) return missing(name);
        const removed = files.remove(name);
        if (removed.ok && found.ok && found.value) await forget(found.value);
        return removed;
      }),
    list: () => {
      const all = files.all();
      return Promise.resolve(all.ok ? ok(all.value.secrets.map(entryOf)) : all);
    },
    status: async () => {
      const all = files.all();
      if (!all.ok) return all;
      const { best, said } = await choose(keepers);
      return ok({
        keeper: best?.kind ?? null,
        keepers: said.map(({ keeper, state }) => ({ kind: keeper.kind, ...state })),
        folder: files.folder,
        count: all.value.secrets.length,
        damaged: all.value.damaged,
      });
    },
  };
}

/** Asks every keeper how it stands; the best is the first of those that protect best. */
async function choose(keepers: readonly SecretKeeper[]): Promise<{
  best: SecretKeeper | undefined;
  said: { keeper: SecretKeeper; state: KeeperState }[];
}> {
  const said = await Promise.all(keepers.map(async (keeper) => ({ keeper, state: await keeper.state() })));
  const rank = ({ state }: { state: KeeperState }): number =>
    secretProtection.values.indexOf(state.protection);
  const [first] = said
    .filter(({ state }) => state.protection !== 'unusable')
    .sort((a, b) => rank(a) - rank(b));
  return { best: first?.keeper, said };
}

function invalid(message: string): Refusal {
  return fail('invalid_input', message);
}

function missing(name: string): Refusal {
  return fail('not_found', `There is no secret called ${name}.`, {
    hint: `Keep one with \`homer secrets set ${name}\`.`,
  });
}

function elsewhere({ name, keeper }: SealedSecret): Refusal {
  return fail(
    'secret_unreadable',
    `The secret ${name} is kept by: ${secretKeeper.labels[keeper]}; this host has no access to it.`,
    { hint: `Start the host that kept it, or set it here again with \`homer secrets set ${name}\`.` },
  );
}
