import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { docsProblems } from './docs-problems.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'homer-docs-'));
  mkdirSync(join(root, 'main/store'), { recursive: true });
  writeFileSync(join(root, 'main/store/open.ts'), '');
  writeFileSync(join(root, 'package.json'), '{}');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function problemsOf(text: string): string[] {
  writeFileSync(join(root, 'README.md'), text);
  return docsProblems(root, ['README.md']).problems;
}

describe('a page', () => {
  it.each([
    '`main/store/gone.ts`',
    '`main/gone/`',
    '`renderer/app/shell.tsx`',
    '`main/store/*.sql`',
    '`ARCHITECTURE.md`',
    '[see](docs/gone.md)',
    '`main/store/gone.ts:12`',
  ])('may not name %s, which is not there', (text) => {
    expect(problemsOf(`First line\n${text}\n`)).toEqual([
      expect.stringMatching(/^README\.md:2: .* does not exist$/),
    ]);
  });

  it.each([
    '`main/store/open.ts`',
    '`main/store/`',
    '`main/store/*.ts`',
    '`./main/store/open.ts:12`',
    '`package.json`',
    '[see](main/store/open.ts#open)',
    '[see](https://example.com/gone)',
    '`npm test`',
    '`schedule.json`',
    '`and/or`',
    '`out/main/main.js`',
    '`docs/decisions/NNNN-title.md`',
    '`main/agents/<name>/`',
    '```\nmain/store/gone.ts `main/store/gone.ts`\n```',
  ])('may say %s', (text) => {
    expect(problemsOf(`${text}\n`)).toEqual([]);
  });

  it('has the paths that were looked at counted', () => {
    writeFileSync(join(root, 'README.md'), '`main/store/open.ts` and `main/store/`');
    expect(docsProblems(root, ['README.md']).checked).toBe(2);
  });
});
