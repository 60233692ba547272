/** After this long what was found counts half as new. */
const HALF_LIFE_DAYS = 21;
const SHARE = { fit: 0.7, recency: 0.3 };
const DAY_MS = 86_400_000;

/** How high something found stands, 0 to 1: how well it fits, and how new it is. */
export function rankOf(fit: number, ageMs: number): number {
  return SHARE.fit * fit + SHARE.recency * 0.5 ** (Math.max(0, ageMs) / DAY_MS / HALF_LIFE_DAYS);
}
