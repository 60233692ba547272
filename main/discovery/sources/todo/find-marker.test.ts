import { describe, expect, it } from 'vitest';
import { parseTodos, TODO_SEARCH } from './parse-todo.ts';

const project = '0190c8b2-6f00-7000-8000-00000000abcd';
const read = (path: string, ...texts: string[]): ReturnType<typeof parseTodos> =>
  parseTodos(
    project,
    texts.map((text, index) => ({ path, line: index + 1, text, after: [] })),
  );

describe('a TODO comment', () => {
  it.each([
    ['a.ts', '// TODO: handle empty input', 'Handle empty input'],
    ['a.ts', 'const a = 1; // TODO handle empty input', 'Handle empty input'],
    ['a.ts', '/* TODO: handle empty input */', 'Handle empty input'],
    ['a.ts', ' * TODO: handle empty input', 'Handle empty input'],
    ['a.ts', '/** @TODO handle empty input */', 'Handle empty input'],
    ['a.ts', '// TODO(ann): handle empty input', 'Handle empty input'],
    ['a.ts', '// TODO - handle empty input', 'Handle empty input'],
    ['a.ts', 'f("a"); // TODO: handle "empty" input', 'Handle "empty" input'],
    ['a.ts', 'const url = "https://x.org"; // TODO: drop this', 'Drop this'],
    ['a.py', '    # TODO: handle empty input', 'Handle empty input'],
    ['a.py', '"""TODO: handle empty input"""', 'Handle empty input'],
    ['a.sql', '-- TODO: handle empty input', 'Handle empty input'],
    ['a.lua', '--- TODO: handle empty input', 'Handle empty input'],
    ['a.html', '<!-- TODO: handle empty input -->', 'Handle empty input'],
    ['a.css', '  color: red; /* TODO: handle empty input */', 'Handle empty input'],
    ['a.lisp', ';; TODO: handle empty input', 'Handle empty input'],
    ['a.tex', '% TODO: handle empty input', 'Handle empty input'],
    ['a.sh', '#!/bin/sh # TODO: handle empty input', 'Handle empty input'],
    ['a.rs', '/// TODO: handle empty input', 'Handle empty input'],
    ['a.tsx', '{/* TODO: handle empty input */}', 'Handle empty input'],
    ['a.c', '// FIXME: off by one', 'Off by one'],
    ['a.c', '// HACK: works by luck', 'Works by luck'],
    ['a.c', '// XXX why', 'Why'],
    ['a.ts', '// TODO: größer als нуль', 'Größer als нуль'],
    ['a.ts', '// TODO', 'TODO without words in a.ts'],
  ])('in %s: %s', (path, text, title) => {
    expect(read(path, text)).toMatchObject([
      {
        title: expect.stringMatching(new RegExp(`^${title}( \\(|$)`, 'u')),
        source: 'todo',
        sourceRef: `${path}:1`,
      },
    ]);
    expect(new RegExp(TODO_SEARCH, 'u').test(text)).toBe(true);
  });
});

describe('what is no TODO comment', () => {
  it.each([
    ['a.ts', `const label = 'TODO: not a comment';`],
    ['a.ts', 'const label = "// TODO: not a comment";'],
    ['a.ts', 'const label = `# TODO: not a comment`;'],
    ['a.py', 'label = "# TODO: not a comment"'],
    ['a.py', "label = '# TODO: not a comment'"],
    ['a.ts', 'const url = "https://example.org/TODO";'],
    ['a.ts', 'const url = "https://TODO";'],
    ['a.ts', '// TODOS are listed elsewhere'],
    ['a.ts', '// the methodology of TODOLIST'],
    ['a.ts', '// todo: lower case is prose'],
    ['a.ts', 'enum State { TODO, DONE }'],
    ['a.sql', `SELECT 'x -- TODO: no' FROM t`],
    ['a.css', '.TODO { color: red; }'],
    ['a.html', '<p>TODO list</p>'],
    ['a.ts', 'x = y % TODO'],
    ['a.js', 'i--; TODO()'],
    ['node_modules/x/a.js', '// TODO: not ours'],
    ['web/vendor/a.js', '// TODO: not ours'],
    ['a.min.js', '// TODO: not by hand'],
    ['package-lock.json', '// TODO: no'],
    ['CHANGELOG.md', '# TODO: no'],
    ['a.ts', `// TODO: ${'x'.repeat(1_100)}`],
  ])('in %s: %s', (path, text) => {
    expect(read(path, text)).toEqual([]);
  });
});
