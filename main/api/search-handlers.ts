import { fail, ok, type Result } from '../shared/result.ts';
import { matchExpression, readTerms } from '../domain/search/terms.ts';
import { getRun } from '../store/run-store.ts';
import { findInRun } from '../store/search-store.ts';
import { storeFailure } from '../store/store-failure.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { findHits } from './find-hits.ts';

/** How long a search may index what was just written, before it looks: a host that works, and a command that starts none. */
const HURRY_MS = { host: 10, cli: 500 };
const MOST = 5_000;

export function searchHandlers({
  store,
  clock,
  searchIndexer,
  host,
}: Pick<ApiOptions, 'store' | 'clock' | 'searchIndexer' | 'host'>): Pick<
  Handlers,
  'search.find' | 'search.run'
> {
  const hurry = host === 'cli' ? HURRY_MS.cli : HURRY_MS.host;

  return {
    'search.find': (asked) => {
      searchIndexer.hurry(hurry);
      return looked(() => ({
        hits: store.read((read) => findHits(read, asked, clock.now())),
        index: searchIndexer.state(),
      }));
    },
    'search.run': ({ id, text }) => {
      searchIndexer.hurry(hurry, id);
      const expression = matchExpression(readTerms(text));
      return looked(() =>
        store.read((read) => {
          const { number } = getRun(read, id);
          const found =
            expression === '' ? { seqs: [], total: 0 } : findInRun(read, expression, number, MOST);
          return { ...found, complete: searchIndexer.has(id) };
        }),
      );
    },
  };

  /** A damaged index is no damaged database: it is made anew, and meanwhile says so. */
  function looked<T>(look: () => T): Result<T> {
    try {
      return ok(look());
    } catch (error) {
      if (storeFailure(error)?.failure.tag !== 'database_damaged') throw error;
      searchIndexer.rebuild();
      return fail('index_damaged', 'The search index was damaged and is being made anew.', {
        hint: 'Search again in a minute. Proposals and runs themselves are not touched.',
      });
    }
  }
}
