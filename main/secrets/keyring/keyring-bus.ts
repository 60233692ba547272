/** What is needed of a message bus to speak to the keyring of a desktop session. */
export interface KeyringBus {
  call(
    target: { readonly destination: string; readonly path: string; readonly interface: string },
    member: string,
    signature: string,
    body: unknown[],
  ): Promise<unknown[]>;
  /** Whether a program answers to this name now; asking starts none. */
  owned(destination: string): Promise<boolean>;
}

export const SERVICE = 'org.freedesktop.secrets';
export const ROOT = '/org/freedesktop/secrets';
/** How the service says that there is no such object. */
export const NONE = '/';

/** One call of the service; `what` is the last part of the interface's name. */
export function ask(
  bus: KeyringBus,
  what: 'Service' | 'Collection' | 'Item' | 'Prompt',
  path: string,
  member: string,
  signature = '',
  body: unknown[] = [],
): Promise<unknown[]> {
  const target = { destination: SERVICE, path, interface: `org.freedesktop.Secret.${what}` };
  return bus.call(target, member, signature, body);
}
