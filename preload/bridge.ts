import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, ipcCall, ipcLive } from './contract/live.ts';

// Spelt again, and held to the contract by the compiler: importing the values would pull the whole contract, and its
// schemas, into a script that runs before every page.
const call: typeof ipcCall = 'homer:call';
const live: typeof ipcLive = 'homer:live';

let lastFeed = 0;

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(call, name, input),
  live(after, receive) {
    lastFeed += 1;
    const feed = lastFeed;
    const listen = (_event: unknown, forFeed: unknown, message: unknown): void => {
      if (forFeed === feed) receive(message);
    };
    ipcRenderer.on(live, listen);
    ipcRenderer.send(live, { feed, after });
    return () => {
      ipcRenderer.removeListener(live, listen);
      ipcRenderer.send(live, { feed, end: true });
    };
  },
};

contextBridge.exposeInMainWorld('homer', bridge);
