// Cruises every room against the allow-list in `.dependency-cruiser.cjs`, then proves that the list still bites: a small
// planted tree, laid out like this one, must be refused import by import, and its lawful imports must not be.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const root = resolve(import.meta.dirname, '..');
const { options, ...ruleSet } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const tsConfig = extractTSConfig(options.tsConfig.fileName);

const ROOMS = ['main', 'preload', 'renderer', 'test', 'scripts', 'resources'];
const ROOT_TOOL = /^[^/]+\.config\.(ts|js|mjs|cjs)$|^\.dependency-cruiser\.cjs$/;
const SOURCE = /\.(ts|tsx|js|mjs|cjs)$/;

/** path -> lines. Each line that ends in a comment `refused` must be reported; every other import must not. */
const PLANTED = {
  'main/shared/clock.ts': ['export const now = () => 0;'],
  'main/domain/goal.ts': [
    "export type { Db } from '../store/open.ts'; // refused",
    "import { now } from '../shared/clock.ts';",
    'export const at = now;',
  ],
  'main/domain/files.ts': [
    "import { readFileSync } from 'node:fs'; // refused",
    'export const read = readFileSync;',
  ],
  'main/store/open.ts': [
    "import Database from 'better-sqlite3';",
    "import { at } from '../domain/plan.ts';",
    'export type Db = Database.Database;',
    'export const a = at;',
  ],
  'main/domain/plan.ts': ['export const at = 1;'],
  'main/store/peer.ts': ["import { diff } from '../workspace/diff.ts'; // refused", 'export const d = diff;'],
  'main/workspace/diff.ts': ["import { execa } from 'execa';", 'export const diff = execa;'],
  'main/runtime/tick.ts': [
    "import { read } from '../approvals/nonce.ts'; // refused",
    "import Database from 'better-sqlite3'; // refused",
    "import { execa } from 'execa'; // refused",
    'export const t = [read, Database, execa];',
  ],
  'main/approvals/nonce.ts': ["import { d } from '../store/peer.ts';", 'export const read = d;'],
  'main/approvals/nonce.test.ts': [
    "import { t } from '../runtime/tick.ts';",
    "import { fake } from '../../test/fakes/agent.ts';",
    "import { approve } from '../api/approve.ts'; // refused",
    'export const x = [t, fake, approve];',
  ],
  'main/api/approve.ts': [
    "import { op } from '../../preload/contract/op.ts';",
    "import { win } from '../desktop/window.ts'; // refused",
    'export const approve = [op, win];',
  ],
  'main/desktop/window.ts': ["import { app } from 'electron';", 'export const win = app;'],
  'main/headless/serve.ts': [
    "import type { App } from 'electron'; // refused",
    "import { win } from '../desktop/window.ts'; // refused",
    "import { Hono } from 'hono';",
    'export type A = App;',
    'export const s = [win, Hono];',
  ],
  'main/boot/start.ts': [
    "import { s } from '../headless/serve.ts';",
    "import { win } from '../desktop/window.ts';",
    'export const start = [s, win];',
  ],
  'main/homer.ts': [
    "import { start } from './boot/start.ts';",
    "import { s } from './headless/serve.ts'; // refused",
    'export const h = [start, s];',
  ],
  'main/attic/dust.ts': ["import { now } from '../shared/clock.ts'; // refused", 'export const dust = now;'],
  'main/shared/ring-a.ts': ["import type { B } from './ring-b.ts'; // refused", 'export type A = B;'],
  'main/shared/ring-b.ts': ["import type { A } from './ring-a.ts';", 'export type B = A;'],
  'main/shared/lost.ts': ["import { gone } from './gone.ts'; // refused", 'export const lost = gone;'],
  'preload/contract/op.ts': [
    "import { at } from '../../main/domain/plan.ts';",
    "import { z } from 'zod';",
    "import { t } from '../../main/runtime/tick.ts'; // refused",
    'export const op = [at, z, t];',
  ],
  'renderer/client/client.ts': [
    "import { op } from '../../preload/contract/op.ts';",
    "import { at } from '../../main/domain/plan.ts'; // refused",
    "import { readFileSync } from 'node:fs'; // refused",
    'export const c = [op, at, readFileSync];',
  ],
  'test/fakes/agent.ts': [
    "import { approve } from '../../main/api/approve.ts';",
    'export const fake = approve;',
  ],
};
/** Files that import each other or a neighbour, and that no entry leads to. */
const PLANTED_DEAD = {
  'main/store/dead.ts': ["import { now } from '../shared/clock.ts';", 'export const dead = now;'],
  'main/store/dead-too.ts': ["import { dead } from './dead.ts';", 'export const deadToo = dead;'],
};
/** Files that nothing imports and that import nothing. */
const PLANTED_ORPHANS = { 'main/domain/orphan.ts': ['export const alone = 1;'] };

function sourcesBelow(folder) {
  return ROOMS.filter((room) => existsSync(join(folder, room))).flatMap((room) =>
    readdirSync(join(folder, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      ),
  );
}

async function cruiseTree(baseDir, files) {
  const { output } = await cruise(files, { ...options, ruleSet, baseDir, validate: true }, {}, { tsConfig });
  return output;
}

const fromTo = (violation) => `${violation.from} -> ${violation.to}`;

async function checkThisTree() {
  const rootTools = readdirSync(root).filter((name) => ROOT_TOOL.test(name));
  const fixtures = /^test\/fixtures\//;
  const files = [...sourcesBelow(root), ...rootTools].filter((path) => !fixtures.test(path));
  const { modules, summary } = await cruiseTree(root, files);
  const cruised = new Set(modules.map((module) => module.source));
  const problems = summary.violations.map((violation) => `${violation.rule.name}: ${fromTo(violation)}`);
  // A cruiser that cannot parse TypeScript sees nothing and reports success: count what it saw.
  for (const file of files) if (!cruised.has(file)) problems.push(`not cruised: ${file}`);
  if (files.length === 0) problems.push('no source file found');
  const edges = modules.flatMap((module) =>
    module.dependencies.filter((to) => cruised.has(to.resolved)),
  ).length;
  if (edges === 0) problems.push('no import found between modules: the parser does not read this tree');
  return { problems, modules: files.length, edges };
}

async function checkPlantedTree() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homer-boundaries-')));
  const planted = { ...PLANTED, ...PLANTED_DEAD, ...PLANTED_ORPHANS };
  try {
    for (const [path, lines] of Object.entries(planted)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), lines.join('\n') + '\n');
    }
    writeFileSync(join(folder, 'package.json'), readPackageJson());
    symlinkSync(realpathSync(join(root, 'node_modules')), join(folder, 'node_modules'), 'junction');
    const { modules, summary } = await cruiseTree(folder, Object.keys(planted));
    const reported = new Set(summary.violations.map(fromTo));
    const problems = [];
    let caught = 0;
    for (const [path, lines] of Object.entries(PLANTED)) {
      const module = modules.find((candidate) => candidate.source === path);
      for (const line of lines) {
        const specifier = /from '(?<name>[^']+)'/.exec(line)?.groups.name;
        if (specifier === undefined) continue;
        const edge = module?.dependencies.find(
          (dependency) => `${dependency.protocol ?? ''}${dependency.module}` === specifier,
        );
        const refused = edge !== undefined && reported.has(`${path} -> ${edge.resolved}`);
        const expected = line.endsWith('// refused');
        if (refused && expected) caught += 1;
        if (refused !== expected) {
          problems.push(
            `${expected ? 'planted violation not caught' : 'lawful import refused'}: ${path}: ${line}`,
          );
        }
      }
    }
    const names = (rule, path) =>
      summary.violations.some((violation) => violation.rule.name === rule && violation.from === path);
    for (const path of Object.keys(PLANTED_ORPHANS)) {
      if (names('orphan', path)) caught += 1;
      else problems.push(`planted orphan not caught: ${path}`);
    }
    for (const path of Object.keys(PLANTED_DEAD)) {
      if (names('unreachable', path)) caught += 1;
      else problems.push(`planted dead module not caught: ${path}`);
    }
    for (const path of ['main/homer.ts', 'main/boot/start.ts', 'main/headless/serve.ts']) {
      if (names('unreachable', path)) problems.push(`living module called unreachable: ${path}`);
    }
    return { problems, caught };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readPackageJson() {
  return JSON.stringify(createRequire(import.meta.url)('../package.json'));
}

const here = process.cwd();
process.chdir(root);
const tree = await checkThisTree();
const planted = await checkPlantedTree();
process.chdir(here);
const problems = [...tree.problems, ...planted.problems];
for (const problem of problems) console.error(`  ${problem}`);
console.log(
  `boundaries: ${tree.modules} modules, ${tree.edges} imports between them, ${planted.caught} planted violations caught, ${problems.length} problems`,
);
process.exitCode = problems.length > 0 || planted.caught === 0 ? 1 : 0;
