/**
 * A closed list of values, declared once: list -> type -> zod enum (`schemaOf`) -> SQL CHECK -> label.
 * `labels` maps each stored value to the words a person reads, in the order they are shown.
 */
export interface ValueList<V extends string> {
  readonly values: readonly [V, ...V[]];
  readonly labels: Readonly<Record<V, string>>;
  /** The SQL of the CHECK that a migration must carry for `column`. */
  check(column: string): string;
}

export type ValueOf<L> = L extends ValueList<infer V> ? V : never;

export function valueList<const L extends Record<string, string>>(labels: L): ValueList<keyof L & string> {
  type V = keyof L & string;
  const values = Object.keys(labels) as [V, ...V[]];
  return {
    values,
    labels: labels,
    check: (column) => `CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`,
  };
}
