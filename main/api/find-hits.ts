import type { ParsedOf } from '../../preload/contract/operations.ts';
import { cutSnippet, findRanges } from '../domain/search/find-ranges.ts';
import { rankOf } from '../domain/search/rank.ts';
import { searchKind, type SearchHit, type SearchKind } from '../domain/search/search.ts';
import { matchExpression, readTerms, type Term } from '../domain/search/terms.ts';
import { parseTime } from '../shared/clock.ts';
import type { Read } from '../store/database.ts';
import {
  findEvents,
  findProposals,
  findRunsByWords,
  proposalsNumbered,
  runsNumbered,
  type Found,
} from '../store/search-store.ts';

/** How many of each kind are weighed for one that is shown. */
const WEIGHED_FOR_ONE = 3;
/** Of a long text, so much is looked through for the place to show. */
const LOOKED_THROUGH = 20_000;

/** What `search.find` finds, the best first: what was named by its number, then by how well it fits and how new it is. */
export function findHits(read: Read, asked: ParsedOf<'search.find'>, now: number): SearchHit[] {
  const terms = readTerms(asked.text);
  const kinds: readonly SearchKind[] = asked.kinds ?? searchKind.values;
  const expression = matchExpression(terms);
  if (expression === '') return [];
  const weighed = asked.limit * WEIGHED_FOR_ONE;
  const find: Record<SearchKind, () => Found[]> = {
    proposal: () => findProposals(read, expression, asked, weighed),
    run: () => findRunsByWords(read, expression, asked, weighed),
    event: () => findEvents(read, expression, asked, weighed),
  };
  const named = kinds
    .flatMap((kind) => numbered(read, kind, asked.text))
    .filter((found) => fits(found, asked));
  const rest = kinds.flatMap((kind) =>
    find[kind]()
      .filter(({ id, seq }) => seq !== null || !named.some((each) => each.id === id))
      .map((found) => ({ found, rank: rankOf(found.fit, now - parseTime(found.at)) }))
      .sort((a, b) => b.rank - a.rank)
      .slice(0, asked.limit),
  );
  return [...named, ...rest.sort((a, b) => b.rank - a.rank).map(({ found }) => found)].map((found) =>
    toHit(found, terms),
  );
}

/** `P-12` is a proposal, `#7` a run, and a bare number either. */
function numbered(read: Read, kind: SearchKind, typed: string): Found[] {
  const [, sign, digits] = /^(p-|#)?(\d{1,9})$/iu.exec(typed) ?? [];
  if (digits === undefined) return [];
  if (kind === 'proposal' && sign !== '#') return proposalsNumbered(read, [Number(digits)]);
  return kind === 'run' && sign?.toLowerCase() !== 'p-' ? runsNumbered(read, [Number(digits)]) : [];
}

function fits(found: Found, { projectId, stages, statuses }: ParsedOf<'search.find'>): boolean {
  return (
    (projectId === undefined || found.projectId === projectId) &&
    (found.stage === null || stages === undefined || stages.includes(found.stage)) &&
    (found.status === null || statuses === undefined || statuses.includes(found.status))
  );
}

function toHit({ texts, fit: _, ...found }: Found, terms: readonly Term[]): SearchHit {
  const title = found.kind === 'event' ? { ranges: [], found: 0 } : findRanges(found.title, terms);
  let best = { found: 0, snippet: null as SearchHit['snippet'] };
  if (title.found < terms.length)
    for (const { place, text } of texts) {
      const looked = text.slice(0, LOOKED_THROUGH);
      const { ranges, found: count } = findRanges(looked, terms);
      if (count > best.found) best = { found: count, snippet: { place, ...cutSnippet(looked, ranges) } };
      if (count === terms.length) break;
    }
  // An event is shown by its words, wherever in a long one they stand.
  const first = texts[0];
  const snippet =
    best.snippet ??
    (found.kind === 'event' && first ? { place: first.place, ...cutSnippet(first.text, []) } : null);
  return { ...found, titleRanges: title.ranges, snippet };
}
