import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { agentFormSchema } from './agent-form.ts';
import { readForm } from './read-form.ts';

const text = readFileSync(join(import.meta.dirname, 'qwen.json'), 'utf8');

function messageOf(change: (form: Record<string, unknown>) => void): string {
  const form = JSON.parse(text) as Record<string, unknown>;
  change(form);
  const read = readForm('mine.json', JSON.stringify(form));
  return read.ok ? 'fine' : read.error.message;
}

it('names the field that is wrong, and what is wrong with it', () => {
  const wrong: [(form: Record<string, unknown>) => void, RegExp][] = [
    [(form) => delete form['name'], /mine\.json .* name: /],
    [(form) => (form['name'] = 'Qwen Code'), /name: Use lower-case letters/],
    [(form) => (form['version'] = 2), /version: Homer reads version 1/],
    [(form) => (form['surprise'] = 1), /surprise/],
    [(form) => (form['args'] = ['{prmpt}']), /args\[0\]: There is no placeholder \{prmpt\}/],
    [(form) => (form['prompt'] = 'argument'), /prompt: No argument holds \{prompt\}/],
    [(form) => (form['args'] = ['-p', '{prompt}']), /prompt: An argument holds \{prompt\}/],
    [(form) => (form['events'] = [{ when: {}, emit: 'message' }]), /events\[0\]\.text: .*needs this path/],
    [(form) => (form['events'] = [{ when: {}, emit: 'shout' }]), /events\[0\]\.emit: /],
    [
      (form) => (form['errors'] = [{ match: '(', class: 'auth' }]),
      /errors\[0\]\.match: .*regular expression/,
    ],
    [(form) => (form['exitCodes'] = { boom: 'auth' }), /exitCodes/],
    [(form) => (form['files'] = { '../x': {} }), /files.*plain file name/],
    [(form) => (form['mcp'] = { file: 'settings.json' }), /mcp\.file: .*among “files” already/],
    [(form) => delete form['mcp'], /args: .*“mcp” needs the field “mcp”/],
    [(form) => (form['acp'] = { args: ['{prompt}'] }), /acp\.args: .*no argument may hold \{prompt\}/],
    [(form) => (form['session'] = ['a..b']), /session\[0\]: Give a path/],
  ];
  for (const [change, message] of wrong) expect(messageOf(change)).toMatch(message);
  expect(messageOf(() => undefined)).toBe('fine');
});

it('says so when the file is no JSON at all', () => {
  const read = readForm('mine.json', '{"version": 1,');
  expect(read).toMatchObject({ ok: false, error: { tag: 'agent_file_invalid' } });
  expect(read.ok || read.error.message).toMatch(/not JSON/);
});

it('reads the example of the documentation as it stands there', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/agents.md'), 'utf8');
  const example = /```json\n([^]*?)```/u.exec(page)?.[1] ?? '';
  expect(readForm('mybot.json', example)).toMatchObject({ ok: true, value: { name: 'mybot' } });
  for (const field of Object.keys(agentFormSchema.shape))
    if (field !== '$schema') expect(page, field).toContain(`\`${field}`);
});
