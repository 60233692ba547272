import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
/** Planted text that needs types goes here: the type checker is told to open it though it is not on the disk. */
const TYPED = 'main/api/planted.ts';

const eslint = new ESLint({
  cwd: root,
  overrideConfig: [
    { ...tseslint.configs.disableTypeChecked, files: ['**/*.{ts,tsx}'], ignores: [TYPED] },
    {
      files: [TYPED],
      languageOptions: { parserOptions: { projectService: { allowDefaultProject: [TYPED] } } },
    },
  ],
});

async function rulesAgainst(path: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, path) });
  const messages = result?.messages ?? [];
  const broken = messages.find((message) => message.fatal === true);
  if (broken) throw new Error(`planted text does not parse: ${broken.message}`);
  return [...new Set(messages.map((message) => String(message.ruleId)))];
}

/** One row a ban: the rule, where the text is planted, texts it must refuse, texts it must let pass. */
interface Ban {
  what: string;
  rule: string;
  at: string;
  refuses: string[];
  allows?: string[];
  /** Where the first refused text is welcome. */
  ends?: string[];
}

const BANS: Ban[] = [
  {
    what: 'raw IPC',
    rule: 'house/no-raw-ipc',
    at: 'main/api/planted-ipc.ts',
    refuses: [
      `import { ipcMain } from 'electron'; ipcMain.handle('x', () => 1);`,
      `import { ipcRenderer as wire } from 'electron'; wire.send('x');`,
      `import * as electron from 'electron'; electron.contextBridge.exposeInMainWorld('x', 1);`,
      `import * as electron from 'electron'; electron['ipcMain'].handle('x', () => 1);`,
    ],
    allows: [`export const ipc = 1;`],
    ends: ['main/desktop/planted.ts', 'preload/bridge.ts'],
  },
  {
    what: 'the wall clock',
    rule: 'house/no-wall-clock',
    at: 'main/runtime/planted.ts',
    refuses: [
      `export const at = Date.now();`,
      `export const at = new Date();`,
      `export const at = Date();`,
      `export const at = performance.now();`,
      `setTimeout(() => 1, 5);`,
      `setInterval(() => 1, 5);`,
      `globalThis.setTimeout(() => 1, 5);`,
      `window.performance.now();`,
      `const { now } = Date; export const at = now();`,
      `export const later = setTimeout;`,
      `export const at = process.hrtime.bigint();`,
      `export const signal = AbortSignal.timeout(5);`,
      `import { setTimeout } from 'node:timers/promises'; await setTimeout(5);`,
      `export const { performance } = await import('node:perf_hooks');`,
      `import { createHistogram, performance } from 'node:perf_hooks'; export const at = [createHistogram(), performance];`,
    ],
    allows: [
      `import { createHistogram } from 'node:perf_hooks'; export const histogram = createHistogram();`,
      `export const text = (ms: number) => new Date(ms).toISOString();`,
      `export const wait = (port: { setTimeout(ms: number): void }) => port.setTimeout(5);`,
      `export interface Page { setTimeout(ms: number): void }`,
    ],
    ends: [
      'main/shared/clock.ts',
      'renderer/client/clock.ts',
      'test/bench/planted.ts',
      'scripts/planted.ts',
      'main/runtime/planted.test.ts',
    ],
  },
  {
    what: 'a swallowed error',
    rule: 'house/no-swallowed-error',
    at: 'main/store/planted.ts',
    refuses: [
      `try { work(); } catch {}`,
      `try { work(); } catch { /* never mind */ }`,
      `try { work(); } catch (error) { done(); }`,
      `export function run() { try { work(); } catch { return; } }`,
      `for (const x of list) { try { work(x); } catch { continue; } }`,
      `void promise.catch(() => {});`,
      `void promise.catch(() => undefined);`,
      `void promise.then(work, () => { return; });`,
    ],
    allows: [
      `try { work(); } catch (error) { log.error('no', { error }); }`,
      `export function run() { try { work(); } catch { return false; } }`,
      `try { work(); } catch { failed = true; }`,
      `void promise.catch((error: unknown) => { log.error('no', { error }); });`,
    ],
  },
  {
    what: 'Electron outside the desktop room',
    rule: 'house/package-rooms',
    at: 'main/api/planted-electron.ts',
    refuses: [
      `import { app } from 'electron'; app.quit();`,
      `import type { App } from 'electron'; export type A = App;`,
      `export type A = import('electron').App;`,
      `export const lazy = () => import('electron/main');`,
      `export { app } from 'electron';`,
    ],
    allows: [`import { x } from 'electron-like'; x();`],
    ends: ['main/desktop/planted.ts', 'main/main.ts', 'preload/bridge.ts'],
  },
  {
    what: 'SQLite outside the store',
    rule: 'house/package-rooms',
    at: 'main/runtime/planted-sqlite.ts',
    refuses: [
      `import Database from 'better-sqlite3'; export const db = new Database(':memory:');`,
      `import type { Database } from 'better-sqlite3'; export type D = Database;`,
    ],
    ends: ['main/store/planted.ts', 'test/migrations/planted.ts'],
  },
  {
    what: 'child processes outside agents and workspace',
    rule: 'house/package-rooms',
    at: 'main/runtime/planted-execa.ts',
    refuses: [`import { execa } from 'execa'; export const run = () => execa('ls');`],
    ends: [
      'main/agents/shell/planted.ts',
      'main/workspace/planted.ts',
      'test/planted.ts',
      'scripts/planted.ts',
    ],
  },
  {
    what: 'any',
    rule: '@typescript-eslint/no-explicit-any',
    at: 'main/domain/planted.ts',
    refuses: [`export const f = (x: any) => String(x);`, `export const f = (x: unknown) => x as any;`],
    allows: [`export const any = 1;`],
  },
  {
    what: 'a default export',
    rule: 'no-restricted-exports',
    at: 'main/domain/planted.ts',
    refuses: [`export default function go() {}`, `const x = 1; export { x as default };`],
    ends: ['planted.config.ts'],
  },
  {
    what: 'a floating promise',
    rule: '@typescript-eslint/no-floating-promises',
    at: TYPED,
    refuses: [`const go = async (): Promise<number> => 1; go();`],
    allows: [`const go = async (): Promise<number> => 1; await go();`],
  },
  {
    what: 'a vague or misspelt file name',
    rule: 'house/file-name',
    at: 'main/domain/utils.ts',
    refuses: [`export const x = 1;`],
    ends: ['main/domain/risk.ts', 'main/domain/use-case.test.ts'],
  },
  {
    what: 'a rule switched off without a reason',
    rule: 'house/explained-disable',
    at: 'main/domain/planted.ts',
    refuses: [
      `// eslint-disable-next-line eqeqeq\nexport const x = a == b;`,
      `/* eslint-disable eqeqeq */\nexport const x = a == b;`,
    ],
    allows: [
      `// eslint-disable-next-line eqeqeq -- null and undefined mean the same here\nexport const x = a == null;`,
    ],
  },
  {
    what: 'a hook called conditionally',
    rule: 'react-hooks/rules-of-hooks',
    at: 'renderer/ui/planted.tsx',
    refuses: [
      `import { useState } from 'react'; export function Card({ on }: { on: boolean }) { if (on) useState(1); return <i />; }`,
    ],
  },
];

// The first look reads the types of the whole project, which takes its time on a machine at work.
beforeAll(async () => {
  await rulesAgainst(TYPED, 'export const x = 1;');
}, 90_000);

describe.each(BANS)('$what', ({ rule, at, refuses, allows = [], ends = [] }) => {
  it.each(refuses)('is refused: %s', async (text) => {
    expect(await rulesAgainst(at, text)).toContain(rule);
  });
  it.each(allows)('is no reason to refuse: %s', async (text) => {
    expect(await rulesAgainst(at, text)).not.toContain(rule);
  });
  it.each(ends)('ends at %s', async (path) => {
    expect(await rulesAgainst(path, refuses[0]!)).not.toContain(rule);
  });
});

it('refuses a swallowed error and `any` in tests as well', async () => {
  const rules = await rulesAgainst(
    'main/store/planted.test.ts',
    `try { work(); } catch {}\nexport const x = 1 as any;`,
  );
  expect(rules).toEqual(
    expect.arrayContaining(['house/no-swallowed-error', '@typescript-eslint/no-explicit-any']),
  );
});

it('knows kebab-case from other spellings', async () => {
  expect(await rulesAgainst('main/domain/RunState.ts', 'export const x = 1;')).toContain('house/file-name');
});

// A directive that names no rule silences the rule that would report it, so it is looked for in the text.
it('finds no file that switches every rule off at once', () => {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.js', '*.mjs', '*.cjs'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  const files = listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
  expect(files).toContain('main/shared/clock.ts');
  const bare = /\/[/*]\s*eslint-disable(-next-line|-line)?\s*(\*\/|--|$)/m;
  expect(bare.test(['/*', 'eslint-disable', '*/'].join(' '))).toBe(true);
  expect(files.filter((path) => bare.test(readFileSync(join(root, path), 'utf8')))).toEqual([]);
});
