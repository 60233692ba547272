/** Versions of a program that Homer was tested with: from this one on, and up to but without the other. */
export interface VersionRange {
  readonly from: string;
  readonly below: string;
}

const VERSION = /\d+\.\d+(?:\.\d+)?(?:[-+][\w.]+)?/;

/** The first version that stands in a text; null when there is none. */
export function versionIn(text: string): string | null {
  return VERSION.exec(text)?.[0] ?? null;
}

/** What is to be said of a version, empty when Homer knows it. A program is never refused for its version alone. */
export function versionNote(version: string | null, { from, below }: VersionRange): string {
  if (version === null) return 'It did not tell its version.';
  if (compareVersions(version, from) < 0)
    return `Older than ${from}, the first version Homer was tested with: update it.`;
  if (compareVersions(version, below) >= 0) return `Newer than what Homer was tested with (before ${below}).`;
  return '';
}

/** Below 0 when `a` is the older. Marks of a pre-release are left aside. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let at = 0; at < 3; at += 1) {
    const by = (left[at] ?? 0) - (right[at] ?? 0);
    if (by !== 0) return by;
  }
  return 0;
}

function parts(version: string): number[] {
  return version.split(/[-+]/u, 1)[0]?.split('.').map(Number) ?? [];
}
