import type { UpdateStatus } from '../../api/host-port.ts';

/** Of a Homer that looks for no updates, and why it cannot; `why` is empty when it could. */
export function nothingKnown(why: string): UpdateStatus {
  return {
    notOffered: why,
    address: null,
    state: 'off',
    version: null,
    notes: '',
    progress: null,
    checkedAt: null,
    failure: null,
  };
}
