import { existsSync } from 'node:fs';
import path from 'node:path';
import type { MessageBus } from 'dbus-next';
import type { Scope } from '../../shared/scope.ts';
import { fail, messageOf, ok, type Result } from '../../shared/result.ts';

/** The part of the desktop session's message bus that Homer speaks. */
export interface SessionBus {
  call(target: BusTarget, member: string, signature: string, body: unknown[]): Promise<unknown[]>;
  /** Whether a program answers to this name now; asking starts none. */
  owned(destination: string): Promise<boolean>;
  /** Hears the signals of one interface; `only` narrows them, in the words of a match rule, so that the rest wakes nobody. */
  hear(
    interfaceName: string,
    listener: (member: string, body: unknown[]) => void,
    only?: string,
  ): Promise<void>;
}

export interface BusTarget {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
}

const theBus: BusTarget = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/** Connects to the session bus, until the scope closes; `lost` is told when the bus goes before that. */
export async function connectSessionBus(
  scope: Scope,
  lost: () => void = () => undefined,
): Promise<Result<SessionBus>> {
  const address = busAddress();
  if (address === undefined)
    return fail('no_session_bus', 'There is no desktop session bus here.', {
      hint: 'Homer still shows everything in the dashboard.',
    });
  try {
    // Loaded when wanted: a host without a session never needs it.
    const { default: dbus } = await import('dbus-next');
    const bus = dbus.sessionBus({ busAddress: address });
    await connected(bus);
    bus.on('error', lost);
    scope.add('session bus', () => {
      bus.disconnect();
    });
    const call: SessionBus['call'] = async (target, member, signature, body) => {
      const reply = await bus.call(new dbus.Message({ ...target, member, signature, body }));
      return (reply?.body ?? []) as unknown[];
    };
    return ok({
      call,
      owned: async (destination) => (await call(theBus, 'NameHasOwner', 's', [destination]))[0] === true,
      async hear(interfaceName, listener, only) {
        bus.on('message', (message) => {
          if (message.type === dbus.MessageType.SIGNAL && message.interface === interfaceName)
            listener(message.member, message.body);
        });
        await call(theBus, 'AddMatch', 's', [
          [`type='signal',interface='${interfaceName}'`, ...(only === undefined ? [] : [only])].join(','),
        ]);
      },
    });
  } catch (error) {
    return fail('no_session_bus', `The desktop session bus did not answer: ${messageOf(error)}`, {
      hint: 'Homer still shows everything in the dashboard.',
    });
  }
}

function connected(bus: MessageBus): Promise<void> {
  return new Promise((resolve, reject) => {
    bus.on('connect', resolve);
    // Stays: an error without a listener would end the process when the session goes.
    bus.on('error', reject);
  });
}

export function busAddress(): string | undefined {
  const address = process.env['DBUS_SESSION_BUS_ADDRESS'];
  if (address !== undefined && address !== '') return address;
  const socket = path.join(process.env['XDG_RUNTIME_DIR'] ?? '/nonexistent', 'bus');
  return existsSync(socket) ? `unix:path=${socket}` : undefined;
}
