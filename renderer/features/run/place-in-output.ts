/** A path inside the project with a line: "src/queue.ts:141", not "node_modules/…", "/usr/…", or a time of day. */
const place =
  /(?:^|[\s("'])(?:\.\/)?(?<path>(?!node_modules\/)[\w@.-]+(?:\/[\w@.-]+)+\.\w{1,8}):(?<line>\d+)/gmu;
/** Where a test is written says less than where it went wrong. */
const ofTest = /(?:^|\/)(?:tests?|__tests__|spec)\/|[._-](?:test|spec)\.\w+$/;

/** The place that the output of a failing command points at: the first that is no test, else the first. */
export function placeInOutput(output: string): { readonly path: string; readonly line: number } | undefined {
  const found = [...output.slice(-100_000).matchAll(place)].map(({ groups }) => ({
    path: groups?.['path'] ?? '',
    line: Number(groups?.['line']),
  }));
  return found.find(({ path }) => !ofTest.test(path)) ?? found[0];
}
