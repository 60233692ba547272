/** Runs whose places from the left lie nearer than `least` pixels to the first of them, together; the others each alone. In order, as they are given. */
export function bundleRuns<Run>(runs: readonly Run[], x: (run: Run) => number, least: number): Run[][] {
  const bundles: Run[][] = [];
  let begins = -Infinity;
  for (const run of runs) {
    const last = bundles.at(-1);
    if (last && x(run) - begins < least) last.push(run);
    else {
      bundles.push([run]);
      begins = x(run);
    }
  }
  return bundles;
}
