import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Folders that a path may start with even when they do not exist: then the page is wrong, not the word. */
const ROOMS = ['main', 'preload', 'renderer', 'migrations', 'resources', 'test', 'scripts', 'docs'];
/** Made by a command, so absent from a fresh clone. */
const MADE = /^(out|artifacts|coverage|node_modules|test-results|playwright-report)(\/|$)/;
const ROOT_FILE = /^\.?[\w@-]+(\.[\w-]+)*\.(ts|tsx|js|mjs|cjs|json|md)$/;
/** `docs/decisions/NNNN-….md`, `sources/<type>`: a shape, not a path. */
const PLACEHOLDER = /[<>{}…]|\.\.\.|\b[A-Z]{4,}\b(?=[/.-]|$)/;

/** The repository path that a code span names, if it names one. */
function pathIn(span: string, topLevel: ReadonlySet<string>): string | undefined {
  const text = span
    .trim()
    .replace(/:\d+(-\d+)?$/, '')
    .replace(/^\.\//, '');
  if (/\s/.test(text) || MADE.test(text) || PLACEHOLDER.test(text.replace(/^[A-Z]+\.md$/, '')))
    return undefined;
  if (!text.includes('/')) return ROOT_FILE.test(text) && isRootFile(text, topLevel) ? text : undefined;
  return topLevel.has(text.split('/')[0] ?? '') ? text : undefined;
}

/** `package.json` is a file of this repository, `schedule.json` may be anybody's; a capitalised page is always ours. */
function isRootFile(text: string, topLevel: ReadonlySet<string>): boolean {
  return topLevel.has(text) || /^[A-Z]+\.md$/.test(text);
}

function linksIn(line: string): string[] {
  return [...line.replaceAll(/`[^`]*`/g, '').matchAll(/\]\((?<to>[^)\s]+)[^)]*\)/g)]
    .map((match) => (match.groups?.['to'] ?? '').split('#')[0] ?? '')
    .filter((to) => to !== '' && !/^[a-z]+:/.test(to));
}

/** Looks up every path that `pages` (below `root`) name in backticks or link to, outside fenced blocks. */
export function docsProblems(
  root: string,
  pages: readonly string[],
): { checked: number; problems: string[] } {
  const topLevel = new Set([...readdirSync(root), ...ROOMS]);
  const problems: string[] = [];
  let checked = 0;
  const check = (where: string, shown: string, path: string): void => {
    checked += 1;
    const found = /[*?]/.test(path)
      ? globSync(path, { cwd: root }).length > 0
      : existsSync(resolve(root, path));
    if (!found) problems.push(`${where}: '${shown}' does not exist`);
  };
  for (const page of pages) {
    let fenced = false;
    for (const [index, line] of readFileSync(join(root, page), 'utf8').split('\n').entries()) {
      if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
      if (fenced) continue;
      const where = `${page}:${index + 1}`;
      for (const [, span = ''] of line.matchAll(/`([^`]+)`/g)) {
        const path = pathIn(span, topLevel);
        if (path !== undefined) check(where, span, path);
      }
      for (const to of linksIn(line)) check(where, to, join(dirname(page), to));
    }
  }
  return { checked, problems };
}
