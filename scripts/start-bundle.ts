import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a window may load before it shows anything: gzip, in bytes. */
export const MOST_AT_START = 400_000;

export interface StartFile {
  readonly file: string;
  readonly gzip: number;
}

/** Loaded by a call, but by every window but the quick one and before anything is shown. */
const atOnce = /\bimport\(\s*["'`](\.\/dashboard-[^"'`]+\.js)["'`]/gu;

/** Scripts and styles that the dashboard loads before anything is shown: what the page names, what those import, and the shell. */
export function startBundle(folder: string): StartFile[] {
  const html = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const found = new Map<string, StartFile>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    const text = readFileSync(path.join(folder, file));
    found.set(file, { file, gzip: gzipSync(text, { level: 9 }).length });
    if (!file.endsWith('.js')) return;
    // A minified module names what it imports in these forms; what else stands in `import(` is loaded when a view is opened.
    const source = text.toString();
    for (const [, name] of [
      ...source.matchAll(/(?:\bfrom|\bimport)\s*"(\.{1,2}\/[^"]+\.js)"/gu),
      ...source.matchAll(atOnce),
    ])
      visit(path.posix.join(path.posix.dirname(file), name ?? ''));
  };
  for (const [, name] of html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/gu)) visit(name ?? '');
  return [...found.values()].sort((a, b) => b.gzip - a.gzip);
}

/** What is wrong with what the page loads at its start; undefined when nothing is. */
export function tooLarge(files: readonly StartFile[], most = MOST_AT_START): string | undefined {
  const schemas = files.find(({ file }) => /\/schemas-[^/]+$/u.test(file));
  if (schemas) return `the page loads ${schemas.file} at its start; a view that needs a schema loads it.`;
  const total = files.reduce((sum, { gzip }) => sum + gzip, 0);
  if (total <= most) return undefined;
  const largest = files
    .slice(0, 3)
    .map(({ file, gzip }) => `${file} (${String(Math.round(gzip / 1_000))} kB)`)
    .join(', ');
  return `the page loads ${String(Math.round(total / 1_000))} kB gzip at its start, and may load ${String(most / 1_000)} kB; the largest: ${largest}. Load a view when it is opened.`;
}
