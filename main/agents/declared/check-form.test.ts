import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkForm } from './check-form.ts';

const folder = import.meta.dirname;
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

it('reads recorded output by a form as a run would, and shows which lines no rule knows', () => {
  const stdout = `a line of text\n${read('samples/401.jsonl')}{"type":"news"}\n`;
  const stderr = read('samples/401.stderr.txt');
  const checked = checkForm({ file: 'qwen.json', text: read('qwen.json'), stdout, stderr, exitCode: 1 });
  expect(checked).toMatchObject({
    ok: true,
    value: {
      form: { name: 'qwen' },
      unread: ['a line of text', '{"type":"news"}'],
      ending: { class: 'auth', message: '[API Error: 401 stub: invalid api key]' },
    },
  });
});

it('shows no key that stood in the output', () => {
  const stdout = `{"type":"result","subtype":"error","is_error":true,"error":{"message":"bad key sk-abcdefghijklmnopqrstuvwx0123"}}\nAuthorization: Bearer abcdefghijklmnop1234\n`;
  const checked = checkForm({ file: 'qwen.json', text: read('qwen.json'), stdout, stderr: '', exitCode: 1 });
  const shown = JSON.stringify(checked.ok && [checked.value.unread, checked.value.ending.message]);
  expect(shown).not.toContain('sk-abc');
  expect(shown).not.toContain('abcdefghijklmnop1234');
});
