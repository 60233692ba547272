import { randomUUID } from 'node:crypto';
import type { KeeperState } from '../../domain/secret/secret.ts';
import type { SecretKeeper } from '../../domain/secret/secret-keeper.ts';
import type { Clock } from '../../shared/clock.ts';
import { fail, messageOf, ok, type Refusal, type Result } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import { ask, NONE, ROOT, SERVICE, type KeyringBus } from './keyring-bus.ts';
import { ALGORITHM, createKeyExchange } from './session-key.ts';

const ANSWER_MS = 10_000;

/**
 * Keeps values in the keyring of the desktop session (the freedesktop Secret Service: GNOME Keyring, KWallet, KeePassXC). What Homer keeps
 * itself is the mark of an item. Each call has a connection of its own; a keyring that is locked is not waited for, since nobody may be there
 * to unlock it.
 */
export function createKeyringKeeper(options: {
  connect: (scope: Scope) => Promise<Result<KeyringBus>>;
  clock: Clock;
  scope: Scope;
}): SecretKeeper {
  /** Connects, looks that the service is there, and gives it ten seconds. */
  const within = async <T>(work: (bus: KeyringBus) => Promise<Result<T>>): Promise<Result<T>> => {
    const scope = options.scope.child('keyring');
    try {
      const late = options.clock
        .sleep(scope, ANSWER_MS)
        .then(() => refused('The keyring did not answer within ten seconds.'));
      return await Promise.race([late, attempt(scope, work)]);
    } finally {
      await scope.close();
    }
  };
  const attempt = async <T>(
    scope: Scope,
    work: (bus: KeyringBus) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const bus = await options.connect(scope);
    if (!bus.ok) return bus;
    try {
      if (!(await bus.value.owned(SERVICE))) return refused('No keyring runs in this session.');
      return await work(bus.value);
    } catch (error) {
      return refused(`The keyring failed: ${messageOf(error)}`);
    }
  };

  return {
    kind: 'secret_service',
    async state(): Promise<KeeperState> {
      const found = await within(unlockedCollection);
      return found.ok
        ? { protection: 'locked', detail: 'The keyring of this desktop session.' }
        : { protection: 'unusable', detail: found.error.message };
    },
    seal: (name, text) =>
      within(async (bus) => {
        const { Variant } = (await import('dbus-next')).default;
        const collection = await unlockedCollection(bus);
        if (!collection.ok) return collection;
        const session = await openSession(bus);
        const mark = randomUUID();
        const { iv, bytes } = session.key.encrypt(text);
        const [, prompt] = await ask(bus, 'Collection', collection.value, 'CreateItem', 'a{sv}(oayays)b', [
          {
            'org.freedesktop.Secret.Item.Label': new Variant('s', `Homer: ${name}`),
            'org.freedesktop.Secret.Item.Attributes': new Variant('a{ss}', attributes(mark, name)),
          },
          [session.path, iv, bytes, 'text/plain'],
          false,
        ]);
        return (await promptless(bus, prompt)) ?? ok(JSON.stringify([mark, name]));
      }),
    open: (name, sealed) =>
      within(async (bus) => {
        const item = await itemOf(bus, sealed, name);
        if (!item.ok) return item;
        const session = await openSession(bus);
        const [secret] = await ask(bus, 'Item', item.value, 'GetSecret', 'o', [session.path]);
        const [, iv, bytes] = secret as [string, Buffer, Buffer];
        return ok({ text: session.key.decrypt(iv, bytes), stale: false });
      }),
    forget: (sealed) =>
      within(async (bus) => {
        const item = await itemOf(bus, sealed, null);
        if (!item.ok) return item;
        const [prompt] = await ask(bus, 'Item', item.value, 'Delete');
        return (await promptless(bus, prompt)) ?? ok(undefined);
      }),
  };
}

function attributes(mark: string, name: string): Record<string, string> {
  return { application: 'homer', mark, name };
}

async function openSession(bus: KeyringBus) {
  const { Variant } = (await import('dbus-next')).default;
  const exchange = createKeyExchange();
  const [theirs, path] = await ask(bus, 'Service', ROOT, 'OpenSession', 'sv', [
    ALGORITHM,
    new Variant('ay', exchange.ours),
  ]);
  return { path: path as string, key: exchange.agree((theirs as { value: Buffer }).value) };
}

/** The path of the collection new items go to, when it can be used without asking anybody. */
async function unlockedCollection(bus: KeyringBus): Promise<Result<string>> {
  const [path] = await ask(bus, 'Service', ROOT, 'ReadAlias', 's', ['default']);
  if (path === NONE || typeof path !== 'string')
    return refused('The keyring of this session has not been set up.');
  return (await unlocked(bus, path)) ?? ok(path);
}

/** Undefined when the object is open, or opens without a question. */
async function unlocked(bus: KeyringBus, path: string): Promise<Refusal | undefined> {
  const [opened, prompt] = await ask(bus, 'Service', ROOT, 'Unlock', 'ao', [[path]]);
  if (Array.isArray(opened) && opened.includes(path)) return undefined;
  return promptless(bus, prompt);
}

/** Where the keyring would ask its owner, nobody is asked: a dialog may be on a screen that nobody sees. */
async function promptless(bus: KeyringBus, prompt: unknown): Promise<Refusal | undefined> {
  if (prompt === NONE || typeof prompt !== 'string') return undefined;
  await ask(bus, 'Prompt', prompt, 'Dismiss');
  return refused('The keyring is locked.');
}

async function itemOf(bus: KeyringBus, sealed: string, name: string | null): Promise<Result<string>> {
  const [mark, of] = JSON.parse(sealed) as [string, string];
  if (name !== null && of !== name)
    return fail('secret_damaged', `What is kept under the name ${name} belongs to another secret.`, {
      hint: `Set it again with \`homer secrets set ${name}\`.`,
    });
  const [open, locked] = (await ask(bus, 'Service', ROOT, 'SearchItems', 'a{ss}', [
    attributes(mark, of),
  ])) as [string[], string[]];
  const [item] = [...open, ...locked];
  if (item === undefined)
    return fail('secret_unreadable', `The keyring has no longer the secret ${of}.`, {
      hint: `Set it again with \`homer secrets set ${of}\`.`,
    });
  return open.length > 0 ? ok(item) : ((await unlocked(bus, item)) ?? ok(item));
}

function refused(message: string): Refusal {
  return fail('keyring_failed', message, {
    hint: 'Unlock the keyring of your desktop session, then try again.',
  });
}
