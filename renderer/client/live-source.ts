import type { Bridge } from '../../preload/contract/live.ts';

export interface LiveHandlers {
  readonly opened: () => void;
  readonly received: (message: unknown) => void;
  /** The connection ended; nothing more comes from it. */
  readonly lost: () => void;
}

/** Opens one stream of live messages after a sequence; the result ends it. */
export type LiveSource = (after: number, handlers: LiveHandlers) => () => void;

export function createBridgeSource(bridge: Bridge): LiveSource {
  return (after, { opened, received }) => {
    const end = bridge.live(after, received);
    opened();
    return end;
  };
}

/** Server-sent events. The browser's own reconnecting is not used: it would ask again from an old sequence. */
export function createEventSource(EventSourceType: typeof EventSource, base: string): LiveSource {
  return (after, { opened, received, lost }) => {
    const address = new URL('api/live', base);
    address.searchParams.set('after', String(after));
    const source = new EventSourceType(address, { withCredentials: true });
    const end = (): void => {
      source.close();
    };
    source.addEventListener('open', opened);
    source.addEventListener('message', (event: MessageEvent<string>) => {
      received(parse(event.data));
    });
    source.addEventListener('error', () => {
      end();
      lost();
    });
    return end;
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not a message: the receiver refuses it by its schema and asks again.
    return undefined;
  }
}
