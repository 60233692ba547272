/** The files of the demo project. One bug that its tests catch, one TODO that nothing catches yet. */
export const demoFiles: Readonly<Record<string, string>> = {
  'package.json': `{
  "name": "demo-shop",
  "version": "1.0.0",
  "description": "A small shop to try Homer on",
  "type": "module",
  "scripts": { "test": "node --test" }
}
`,
  'README.md': `# Demo shop

A few functions of a small shop, with tests. One of the tests fails, and one comment asks for more.
`,
  'src/slug.js': `/** The part of a product's address that comes from its name: "Blue  Mug!" becomes "blue-mug". */
export function slug(name) {
  return name.toLowerCase().replace(' ', '-');
}
`,
  'src/cart.js': `/** What a cart costs, in cents. Each line has a price in cents and a quantity. */
export function total(lines) {
  // TODO: refuse a quantity that is negative or not a whole number
  return lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
}
`,
  'test/slug.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slug } from '../src/slug.js';

test('joins every word with a dash', () => {
  assert.equal(slug('Big Blue Mug'), 'big-blue-mug');
});

test('leaves out what does not belong in an address', () => {
  assert.equal(slug('  Blue  Mug! '), 'blue-mug');
});
`,
  'test/cart.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { total } from '../src/cart.js';

test('adds up the lines', () => {
  assert.equal(total([{ price: 1250, quantity: 2 }, { price: 300, quantity: 1 }]), 2800);
});
`,
};

/**
 * The scripted demo agent: a child process that does what a model would be asked to do, from a script, and says so. As a planner it
 * prints one plan; as an agent its first try at the slug mends half of the bug, so that the tests send it back for a second step.
 */
export const demoAgent = `// Scripted demo agent (no model). It knows the demo project alone.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const input = readFileSync(0, 'utf8');
const say = (event, payload) => console.log(JSON.stringify({ homer: event, ...payload }));

if (process.env.HOMER_TASK === 'plan') {
  const { proposal, testCommand, feedback } = JSON.parse(input);
  const todo = proposal.source === 'todo';
  const steps = todo
    ? ['Read src/cart.js and find where a quantity comes in.', 'Refuse a quantity that is negative or not a whole number.', 'Add a test for each, and run all tests.']
    : ['Read the failing tests and src/slug.js.', 'Join words with one dash and leave out other characters.', 'Run all tests.'];
  if (feedback) steps.splice(-1, 0, 'As the owner asked: ' + feedback);
  console.log(JSON.stringify({
    steps, effort: 'small', risk: 'low', files: todo ? ['src/cart.js', 'test/cart.test.js'] : ['src/slug.js'],
    testCommand: '', costMicroUsd: null,
  }));
  process.exit(0);
}

const step = Number(process.env.HOMER_STEP ?? '1');
const edit = (path, from, to) => {
  const before = readFileSync(path, 'utf8');
  const after = before.replace(from, to);
  say('tool_call', { id: path, tool: 'edit', input: { path } });
  writeFileSync(path, after);
  say('tool_result', { id: path, ok: after !== before, output: after !== before ? 'changed' : 'nothing to change' });
};
const read = (path) => {
  say('tool_call', { id: 'read ' + path, tool: 'read', input: { path } });
  say('tool_result', { id: 'read ' + path, ok: true, output: readFileSync(path, 'utf8') });
};

say('message', { text: 'I am the scripted demo agent. No model is asked; I follow a script.' });
const todo = '  // TODO: refuse a quantity that is negative or not a whole number\\n';
const slug = () => readFileSync('src/slug.js', 'utf8');
const mendSlug = () => {
  read('src/slug.js');
  edit('src/slug.js', /replace(All)?\\(' ', '-'\\)/, "match(/[a-z0-9]+/g)?.join('-') ?? ''");
};
await sleep(300);
if (/quantity that is negative/i.test(input) && readFileSync('src/cart.js', 'utf8').includes(todo)) {
  read('src/cart.js');
  edit('src/cart.js', todo, "  for (const { quantity } of lines)\\n    if (!Number.isInteger(quantity) || quantity < 0) throw new RangeError('A quantity is a whole number from 0.');\\n");
  edit('test/cart.test.js', "2800);\\n});\\n", "2800);\\n});\\n\\ntest('refuses a quantity that is negative or not whole', () => {\\n  for (const quantity of [-1, 1.5]) assert.throws(() => total([{ price: 100, quantity }]), RangeError);\\n});\\n");
  say('message', { text: 'A wrong quantity is refused now, and a test says so.' });
} else if (slug().includes("replace(' ', '-')") && step === 1) {
  read('test/slug.test.js');
  read('src/slug.js');
  edit('src/slug.js', "replace(' ', '-')", "replaceAll(' ', '-')");
  say('message', { text: 'Every space becomes a dash now. That should be all.' });
} else if (/replace(All)?\\(' ', '-'\\)/.test(slug())) {
  mendSlug();
  say('message', { text: 'The tests showed what was missed: other characters and doubled spaces.' });
} else {
  say('message', { text: 'Nothing is left to do here.' });
}
console.log('TASK_STATE: DONE');
`;
