import type { ShownAccount } from '../../preload/contract/account.ts';
import type { Account } from '../domain/account/account.ts';
import type { EndpointHealth } from '../domain/agent/model-list.ts';
import { planNight } from '../runtime/plan-night.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import {
  deleteAccount,
  findAccount,
  getAccount,
  insertAccount,
  orderAccounts,
  transitionAccount,
  updateAccount,
  type AccountFields,
} from '../store/account-store.ts';
import { recountWindows } from '../store/account-window-store.ts';
import type { Read } from '../store/database.ts';
import { lastTurnOfAccount } from '../store/turn-use-store.ts';
import { accountAddress } from './account-address.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { given } from './given.ts';
import { modelPlaces } from './model-places.ts';
import { showAccounts } from './show-account.ts';

/** The variable each program reads a key from, where its owner names no other. */
const KEY_VARIABLES: Readonly<Record<string, string>> = {
  claude: 'ANTHROPIC_API_KEY',
  codex: 'OPENAI_API_KEY',
  gemini: 'GEMINI_API_KEY',
  kimi: 'KIMI_API_KEY',
  local: 'HOMER_LOCAL_API_KEY',
};

export function accountHandlers(options: ApiOptions): Pick<Handlers, `account.${string}` & keyof Handlers> {
  const { store, clock, secrets, ports, log } = options;

  const shown = (read: Read, id: string): ShownAccount => {
    const account = showAccounts(read, clock.iso()).find((it) => it.id === id);
    if (account === undefined) throw new Error(`account ${id} was written and is not there`);
    return account;
  };

  /** Why these fields make no account; null when they do. */
  const problemOf = (
    account: Pick<Account, 'kind' | 'home' | 'keyVariable' | 'quotas'> & { hasKey: boolean },
  ): Result<null> => {
    if (account.kind === 'folder' && account.home === null)
      return fail('invalid_input', 'This account needs the folder its program keeps its sign-in in.', {
        hint: 'Give the path of that folder, such as ~/.claude-work in full.',
      });
    if (account.home !== null) {
      const problem = ports.folderProblem(account.home);
      if (problem !== null)
        return fail('invalid_input', `This folder cannot be used: ${problem}`, {
          hint: 'Make the folder and sign in there with the program first.',
        });
    }
    if (account.kind === 'key' && !account.hasKey)
      return fail('invalid_input', 'This account needs a key.', {
        hint: 'Give the key, or choose another kind.',
      });
    if (account.kind === 'key' && account.keyVariable === null)
      return fail('invalid_input', 'Homer does not know which variable this program reads its key from.', {
        hint: 'Name the variable.',
      });
    const names = account.quotas.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    return twice === undefined
      ? ok(null)
      : fail('invalid_input', `Two windows are called ${twice}.`, {
          hint: 'Give each window a name of its own.',
        });
  };

  const forget = async (ref: string | null): Promise<void> => {
    if (ref === null) return;
    const gone = await secrets.delete(ref);
    if (!gone.ok && gone.error.tag !== 'not_found')
      log.warn('the key of an account could not be forgotten', { error: gone.error.tag });
  };

  return {
    'account.list': ({ executor }) => ok(store.read((read) => showAccounts(read, clock.iso(), executor))),
    'account.add': async ({ executor, key, ...input }, { actor }) => {
      if (!ports.executorNames().includes(executor))
        return fail('executor_unknown', `Homer has no executor called ${executor}.`, {
          hint: `Choose one of: ${ports.executorNames().join(', ')}.`,
        });
      const baseUrl = accountAddress(ports, executor, input.baseUrl);
      if (!baseUrl.ok) return baseUrl;
      const kind = input.kind ?? (key !== undefined ? 'key' : input.home ? 'folder' : 'program');
      const fields: AccountFields = {
        label: input.label,
        kind,
        billing: input.billing ?? (kind === 'key' ? 'use' : 'plan'),
        home: input.home || null,
        baseUrl: baseUrl.value,
        credentialRef: null,
        keyVariable: kind === 'key' ? (input.keyVariable ?? KEY_VARIABLES[executor] ?? null) : null,
        quotas: input.quotas ?? [],
        reservePercent: input.reservePercent ?? null,
      };
      const fine = problemOf({ ...fields, hasKey: key !== undefined });
      if (!fine.ok) return fine;
      const id = store.write((write) => write.nextId());
      const credentialRef = key === undefined || kind !== 'key' ? null : secretName(id);
      // First the key, then the row that names it: a host that is killed in between leaves a key that nothing leads to, never an account without one.
      if (credentialRef !== null && key !== undefined) {
        const kept = await secrets.set(credentialRef, key);
        if (!kept.ok) return kept;
      }
      const made = store.tryWrite((write) => {
        insertAccount(write, { ...fields, credentialRef, executor, id }, actor.name);
        return shown(write, id);
      });
      if (!made.ok) await forget(credentialRef);
      return made;
    },
    'account.edit': async ({ id, version, key, ...input }, { actor }) => {
      const before = store.read((read) => getAccount(read, id, clock.iso()));
      const fields = given(input);
      const kind = fields.kind ?? before.kind;
      const after = { ...before, ...fields, kind };
      const keyVariable =
        kind === 'key' ? (after.keyVariable ?? KEY_VARIABLES[before.executor] ?? null) : null;
      const home = after.home || null;
      const baseUrl = accountAddress(ports, before.executor, after.baseUrl);
      if (!baseUrl.ok) return baseUrl;
      const hasKey = key !== undefined || before.credentialRef !== null;
      const fine = problemOf({ ...after, home, keyVariable, hasKey });
      if (!fine.ok) return fine;
      if (before.version !== version)
        return fail('stale_version', 'This account has changed since it was shown.', {
          hint: 'Look at it again, then decide.',
        });
      const credentialRef = kind === 'key' ? secretName(id) : null;
      if (kind === 'key' && key !== undefined) {
        const kept = await secrets.set(secretName(id), key);
        if (!kept.ok) return kept;
      }
      const changed = store.tryWrite((write) => {
        const all = { ...fields, kind, home, baseUrl: baseUrl.value, keyVariable, credentialRef };
        updateAccount(write, id, version, all, actor.name);
        if (fields.quotas) recountWindows(write, id, fields.quotas);
        return shown(write, id);
      });
      if (changed.ok && credentialRef === null) await forget(before.credentialRef);
      return changed;
    },
    'account.remove': async ({ id, version }, { actor }) => {
      const before = store.read((read) => getAccount(read, id, clock.iso()));
      const removed = store.tryWrite((write) => {
        deleteAccount(write, id, version, actor.name);
        return { id };
      });
      if (removed.ok) await forget(before.credentialRef);
      return removed;
    },
    'account.order': ({ executor, ids }, { actor }) =>
      store.tryWrite((write) => {
        orderAccounts(write, executor, ids, actor.name);
        return showAccounts(write, clock.iso(), executor);
      }),
    'account.decide': ({ id, version, action }, { actor }) =>
      store.tryWrite((write) => {
        transitionAccount(write, id, action, actor.name, { version });
        return shown(write, id);
      }),
    'account.plan': () => ok(store.read((read) => planNight(read, clock.iso()))),
    'account.test': async ({ id }) => {
      const account = store.read((read) => findAccount(read, id, clock.iso()));
      if (account === null) return fail('not_found', `There is no account with the id ${id}.`);
      const found = (await ports.executors()).find(({ name }) => name === account.executor);
      const checks = [
        {
          name: 'Program',
          ok: found?.usable ?? false,
          detail: found
            ? found.note || (found.path ?? '')
            : `Homer has no executor called ${account.executor}.`,
        },
      ];
      if (account.home !== null) {
        const problem = ports.folderProblem(account.home);
        checks.push({ name: 'Folder', ok: problem === null, detail: problem ?? account.home });
      }
      if (account.credentialRef !== null) {
        const key = await secrets.get(account.credentialRef);
        checks.push({
          name: 'Key',
          ok: key.ok,
          detail: key.ok ? `It is kept, and given as ${account.keyVariable ?? ''}.` : key.error.message,
        });
      }
      const addressed = ports.addressVariable(account.executor) !== null;
      for (const place of addressed
        ? await modelPlaces({ ports, secrets }, account.executor, [account])
        : []) {
        const list = await ports.models(account.executor, [place], true);
        const endpoint = list.ok ? list.value.endpoints[0] : undefined;
        if (endpoint) checks.push(endpointCheck(endpoint));
      }
      const turn = store.read((read) => lastTurnOfAccount(read, id));
      checks.push({
        name: 'Last turn',
        ok: account.status !== 'error',
        detail:
          account.error ??
          (turn === null ? 'It has taken none yet.' : `Ended as ${turn.class} at ${turn.at}.`),
      });
      return ok({ ok: checks.every((check) => check.ok), checks });
    },
  };
}

function endpointCheck({ address, state, program, models, problem }: EndpointHealth) {
  const what = `${program ?? 'An endpoint'} at ${address} with ${String(models)} ${models === 1 ? 'model' : 'models'}.`;
  return { name: 'Endpoint', ok: state === 'ready', detail: problem || what };
}

function secretName(accountId: string): string {
  return `account.${accountId}`;
}
