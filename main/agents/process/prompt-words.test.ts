import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { promptWords } from './prompt-words.ts';

let spool: string;
beforeEach(() => {
  spool = mkdtempSync(join(tmpdir(), 'homer-prompt-'));
});
afterEach(() => rmSync(spool, { recursive: true, force: true }));

function printed(stdout: string, stderr = ''): string {
  writeFileSync(join(spool, 'stdout'), stdout);
  writeFileSync(join(spool, 'stderr'), stderr);
  return promptWords(spool);
}

it.each([
  ['Overwrite the file? [y/N] ', ''],
  ['Working\n\u001b[1mDo you trust this folder?\u001b[0m\n\n', ''],
  ['', 'Password for https://example.org: '],
  ['', "Enter passphrase for key '/k': "],
  ['Press any key to continue', ''],
])('says that a silent child waits for somebody: %j %j', (stdout, stderr) => {
  expect(printed(stdout, stderr)).toContain('nobody is there to answer');
});

it.each([['Compiling 30 files\n'], [''], ['{"type":"message"}\n'], ['Done: yes/no was asked before.\n']])(
  'says nothing of %j',
  (stdout) => {
    expect(printed(stdout)).toBe('');
  },
);
