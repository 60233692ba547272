import { isRefusal } from './call.ts';
import type { ContractFailure, Reply } from '../../preload/contract/errors.ts';

export interface Downloaded {
  readonly name: string;
  readonly body: Blob;
}
/** Reads a file from a path of the headless host, such as `runs/<id>/evidence.zip`. */
export type Download = (path: string) => Promise<Reply<Downloaded>>;

const failed: ContractFailure = {
  tag: 'unreachable',
  message: 'Homer did not answer.',
  hint: 'Try again; if it stays away, start Homer again.',
};

/** With `fetch` instead of a link, so that a refusal is told with its hint and not saved as a file. */
export function createDownload(fetch: typeof globalThis.fetch, base: string): Download {
  return async (path) => {
    try {
      const response = await fetch(new URL(path, base), { credentials: 'same-origin' });
      if (!response.ok) {
        const refusal: unknown = await response.json();
        return { ok: false, error: isRefusal(refusal) ? refusal.error : failed };
      }
      const disposition = response.headers.get('content-disposition') ?? '';
      const name = /filename="([^"]+)"/u.exec(disposition)?.[1] ?? path.split('/').at(-1) ?? 'download';
      return { ok: true, value: { name, body: await response.blob() } };
    } catch {
      // Nothing came back, or it broke off: from here that is the same as nobody being there.
      return { ok: false, error: failed };
    }
  };
}
