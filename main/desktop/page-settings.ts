import type { WebPreferences } from 'electron';

/** What every window of Homer is to its page: a sandbox with one bridge. */
export function pageSettings(preloadPath: string): WebPreferences {
  return {
    preload: preloadPath,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
  };
}
