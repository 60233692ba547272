// A page that points at nothing is worse than no page: every path the docs name must exist.
import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { docsProblems } from './docs-problems.ts';

const PAGES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

const root = resolve(import.meta.dirname, '..');
const absent = PAGES.filter((page) => !existsSync(join(root, page)));
const present = PAGES.filter((page) => !absent.includes(page));
const pages = [
  ...present,
  ...globSync('docs/**/*.md', { cwd: root }).map((page) => page.replaceAll('\\', '/')),
];
const { checked, problems } = docsProblems(root, pages);
for (const problem of problems) console.error(`  ${problem}`);
if (absent.length > 0) console.log(`docs: not there yet, so not checked: ${absent.join(', ')}`);
console.log(`docs: ${pages.length} pages, ${checked} paths, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
