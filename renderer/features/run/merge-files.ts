export interface ComparedFile<File> {
  readonly path: string;
  readonly left: File | undefined;
  readonly right: File | undefined;
}

/** The files of two diffs by path, those that both touched first: there the two differ in how, elsewhere in whether. */
export function mergeFiles<File extends { readonly path: string }>(
  left: readonly File[],
  right: readonly File[],
): ComparedFile<File>[] {
  const ofLeft = new Map(left.map((file) => [file.path, file]));
  const ofRight = new Map(right.map((file) => [file.path, file]));
  return [...new Set([...ofLeft.keys(), ...ofRight.keys()])]
    .map((path) => ({ path, left: ofLeft.get(path), right: ofRight.get(path) }))
    .sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}

function rank({ left, right }: ComparedFile<unknown>): number {
  return left && right ? 0 : left ? 1 : 2;
}
