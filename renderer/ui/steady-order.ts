/**
 * The rows as they may be shown while somebody reads them: those that were there keep their order and take their new content, those that are
 * gone leave, and what is new comes only where it moves nothing: at the end. `held` counts what waits for its place.
 */
export function steadyOrder<Item>(
  kept: readonly string[],
  items: readonly Item[],
  keyOf: (item: Item) => string,
): { readonly items: readonly Item[]; readonly held: number } {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  const known = new Set(kept);
  const stay = kept.flatMap((key) => byKey.get(key) ?? []);
  const ordered = items.filter((item) => known.has(keyOf(item)));
  const moved = stay.filter((item, at) => item !== ordered[at]).length;
  const lastKnown = items.findLastIndex((item) => known.has(keyOf(item)));
  const after = items.slice(lastKnown + 1);
  const fresh = items.length - ordered.length;
  return { items: [...stay, ...after], held: moved + fresh - after.length };
}
