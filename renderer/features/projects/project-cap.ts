const MICRO = 1_000_000;

/** A cap as it is typed, in dollars; empty: none. */
export function capText(capMicroUsd: number | null): string {
  return capMicroUsd === null ? '' : String(capMicroUsd / MICRO);
}

/** What was typed, in millionths of a dollar; null: no cap; undefined: it is no amount. */
export function readCap(typed: string): number | null | undefined {
  const text = typed.trim().replace(',', '.');
  if (text === '') return null;
  if (!/^\d{1,7}(\.\d{1,6})?$/u.test(text)) return undefined;
  return Math.round(Number(text) * MICRO) || undefined;
}
