import type { Failure } from '../shared/result.ts';
import { isStoreFailure } from './store-failure.ts';

export interface DiskTrouble {
  /** Does a transaction, and notes what the disk does to it. */
  noting<T>(transaction: () => T): T;
  /** What the disk does to writes now, since one failed and until one succeeds; null while all is well. */
  readonly trouble: () => Failure | null;
  /** Told when the disk begins to refuse writes; gives what stops the telling. */
  readonly onTrouble: (listener: () => void) => () => void;
}

export function createDiskTrouble(): DiskTrouble {
  let trouble: Failure | null = null;
  const worried = new Set<() => void>();
  return {
    noting(transaction) {
      try {
        const value = transaction();
        trouble = null;
        return value;
      } catch (error) {
        if (isStoreFailure(error)) {
          const began = trouble === null;
          trouble = error.failure;
          if (began) for (const listener of [...worried]) listener();
        }
        throw error;
      }
    },
    trouble: () => trouble,
    onTrouble(listener) {
      worried.add(listener);
      return () => {
        worried.delete(listener);
      };
    },
  };
}
