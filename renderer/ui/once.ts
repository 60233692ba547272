/** Makes something when it is first needed, and keeps it: a formatter costs a window milliseconds, and most windows need few of them. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
