import { describe, expect, it } from 'vitest';
import type { SourceLine } from '../../ports.ts';
import { parseTodos } from './parse-todo.ts';

const at = (path: string, line: number, text: string, ...after: string[]): SourceLine => ({
  path,
  line,
  text,
  after,
});
const titles = (...lines: SourceLine[]): string[] => parseTodos('p', lines).map(({ title }) => title);
const relevance = (text: string, path = 'src/a.ts'): number =>
  parseTodos('p', [at(path, 1, `// ${text}`)])[0]?.relevance ?? 0;

describe('marker comments', () => {
  it('makes one idea of the same words in many files, and lists the places', () => {
    const found = parseTodos('p', [
      at('lib/a.js', 8, '// TODO in the next major release: remove'),
      at('lib/b.js', 9, '// TODO in the next major release: remove'),
      at('lib/c.js', 3, '\t// todo in the next major release: remove'),
      at('lib/d.js', 4, '\t// TODO In the next major release: remove'),
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]?.title).toBe('In the next major release: remove (3 places)');
    expect(found[0]?.sourceRef).toBe('lib/a.js:8');
    expect(found[0]?.content).toContain('- `lib/d.js:4`');
  });

  it('keeps words that say little apart by file, and names the file', () => {
    expect(titles(at('a.js', 1, '// TODO: remove'), at('b.py', 1, '# TODO remove'))).toEqual([
      'Remove (TODO in a.js)',
      'Remove (TODO in b.py)',
    ]);
  });

  it('reads a sentence to its end over the lines of its comment, and no code', () => {
    expect(
      titles(
        at(
          'a.js',
          1,
          '  // TODO: Explore a cache for all schemas shared across',
          '  // encapsulated contexts',
          '  if (a) {',
        ),
        at('b.js', 1, '/* FIXME the reader stops', ' * at an empty line. Then', ' * it hangs */'),
        at('c.py', 1, '# TODO speed this loop up', '# const x = 1;'),
        at('e.js', 1, '// TODO should throw errors', "// server.get('/', { async () => {} }"),
        at('d.js', 1, '// TODO(ann): close the file.', '// and this is another sentence'),
      ),
    ).toEqual([
      'Explore a cache for all schemas shared across encapsulated contexts',
      'The reader stops at an empty line. Then it hangs',
      'Speed this loop up',
      'Should throw errors',
      'Close the file',
    ]);
  });

  it('takes the first sentence of a long remark as its title', () => {
    expect(
      titles(
        at(
          'a.js',
          1,
          '// TODO: Move this encoder into a package of its own. The public shape stays as it is, and so does the test.',
        ),
      ),
    ).toEqual(['Move this encoder into a package of its own']);
  });

  it('keeps its fingerprint when the comment moves', () => {
    const [a] = parseTodos('p', [at('lib/a.js', 8, '// TODO handle an empty list')]);
    const [b] = parseTodos('p', [at('lib/a.js', 80, '    // TODO: handle an empty list')]);
    expect(b?.fingerprint).toBe(a?.fingerprint);
  });

  it('leaves out what others or programs wrote, and words in strings', () => {
    expect(
      titles(
        at('vendor/x.js', 1, '// TODO handle an empty list'),
        at('src/third-party/x.js', 1, '// TODO handle an empty list'),
        at('api/user.pb.go', 1, '// TODO handle an empty list'),
        at('app.bundle.js', 1, '// TODO handle an empty list'),
        at('src/list.ts', 1, "const stage = 'TODO list';"),
        at('src/list.ts', 2, '// TODOS are listed elsewhere'),
      ),
    ).toEqual([]);
  });

  it('puts what is wrong now before what is to do, and that before what waits for others', () => {
    const wrong = relevance('FIXME wrong result when the list is empty');
    const plain = relevance('TODO handle an empty list in the parser');
    const doubt = relevance('TODO maybe handle an empty list in the parser');
    const later = relevance('TODO in the next major release: remove it');
    expect([wrong, plain, doubt, later]).toEqual([wrong, plain, doubt, later].toSorted((a, b) => b - a));
    expect(new Set([wrong, plain, doubt, later]).size).toBe(4);
    expect(relevance('TODO handle an empty list in the parser', 'test/a.test.ts')).toBeLessThan(plain);
  });
});
