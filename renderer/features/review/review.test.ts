import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typicalDiff } from '../../../test/fixtures/run-server/diff.ts';
import { pieces } from './diff-text.tsx';
import { collapseReason, type DiffFile } from './diff-file.ts';
import { diffRows, lineToComment, type DiffLayout } from './diff-rows.ts';
import { wordsByHunk } from './agent-words.ts';
import { hunksOf } from './diff-file.ts';
import { intentItems, treeItems } from './file-tree.ts';
import { leftOutCounts, leftOutOf, toggleFile, toggleHunk } from './left-out.ts';
import { changeBlocks, parsePatch, withoutWhitespace } from './patch-lines.ts';
import { feedbackOf, noMarks, readMarks, writeMarks } from './review-marks.ts';
import { wordDiff } from './word-diff.ts';

const layout: DiffLayout = {
  split: false,
  hideWhitespace: false,
  toggled: new Set(),
  viewed: new Set(),
  commented: new Set(),
  leftOut: {},
  gaps: new Map(),
};
const { files } = typicalDiff();
const file = (path: string): DiffFile => files.find((each) => each.path === path) as DiffFile;

describe('reading a patch', () => {
  test('numbers the lines of both sides', () => {
    const [hunk] =
      parsePatch('--- a/x\n+++ b/x\n@@ -3,3 +3,4 @@ function a()\n one\n-two\n+2\n+2b\n three\n') ?? [];
    expect(hunk?.heading).toBe('function a()');
    expect(hunk?.lines.map((line) => [line.kind, line.old, line.new])).toEqual([
      ['context', 3, 3],
      ['delete', 4, null],
      ['add', null, 4],
      ['add', null, 5],
      ['context', 5, 6],
    ]);
  });

  test('counts what is unchanged between hunks', () => {
    const hunks = parsePatch('@@ -1,1 +1,1 @@\n-a\n+b\n@@ -44,1 +44,1 @@\n-c\n+d\n') ?? [];
    expect(hunks.map((hunk) => hunk.skipped)).toEqual([0, 42]);
  });

  test('does not take a deleted line that begins with dashes for a heading', () => {
    const [hunk] = parsePatch('--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n--- old\n+++ new\n') ?? [];
    expect(hunk?.lines.map((line) => line.text)).toEqual(['-- old', '++ new']);
  });

  test('knows a file that ends without a line break', () => {
    const [hunk] = parsePatch('@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n') ?? [];
    expect(hunk?.lines[0]?.noNewline).toBe(true);
    expect(hunk?.lines).toHaveLength(2);
  });

  test('gives up on what is no unified diff', () => {
    expect(parsePatch('@@ -1 +1 @@\nGARBAGE\n')).toBeNull();
  });

  test('hides changes of white space only', () => {
    const [hunk] = parsePatch('@@ -1,2 +1,2 @@\n-  a()\n-b\n+\ta()\n+c\n') ?? [];
    expect(withoutWhitespace(hunk?.lines ?? []).map((line) => line.kind)).toEqual([
      'delete',
      'context',
      'add',
    ]);
  });

  test('loses no line when it groups them', () => {
    const kind = fc.constantFrom<'context' | 'add' | 'delete'>('context', 'add', 'delete');
    fc.assert(
      fc.property(fc.array(kind, { maxLength: 40 }), (kinds) => {
        const lines = kinds.map((each, index) => ({ kind: each, text: String(index), old: null, new: null }));
        const grouped = changeBlocks(lines).flatMap(
          (block) => block.context ?? [...block.deleted, ...block.added],
        );
        expect(grouped).toEqual(lines);
      }),
    );
  });
});

describe('words that changed', () => {
  const marked = (text: string, ranges: readonly (readonly [number, number])[]) =>
    ranges.map(([from, to]) => text.slice(from, to));
  test('are marked on both sides', () => {
    const before = 'await all(jobs, 30_000);';
    const after = 'await settle(jobs, 60_000);';
    const diff = wordDiff(before, after);
    expect(marked(before, diff.before)).toEqual(['all', '30_000']);
    expect(marked(after, diff.after)).toEqual(['settle', '60_000']);
  });

  test('are left alone when the lines have little in common', () => {
    expect(wordDiff('const a = 1;', 'return settle(jobs.map(run))')).toEqual({ before: [], after: [] });
  });

  test('leave exactly the common text when taken out', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (before, after) => {
        const diff = wordDiff(before, after);
        if (diff.before.length + diff.after.length === 0) return;
        const rest = (text: string, ranges: readonly (readonly [number, number])[]) =>
          ranges.toReversed().reduce((kept, [from, to]) => kept.slice(0, from) + kept.slice(to), text);
        expect(rest(before, diff.before)).toBe(rest(after, diff.after));
      }),
    );
  });

  test('cut the coloured pieces without losing a character', () => {
    const text = 'const a = "x";';
    const cut = pieces(
      text,
      [
        [5, 'keyword'],
        [5, null],
        [3, 'string'],
      ],
      [[3, 8]],
    );
    expect(cut.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text);
    expect(
      cut
        .filter((piece) => piece.changed)
        .map(({ from, to }) => text.slice(from, to))
        .join(''),
    ).toBe('st a ');
  });
});

describe('the document of a diff', () => {
  test('collapses lock files, generated and binary ones with the reason', () => {
    expect(collapseReason(file('package-lock.json'))).toContain('lock file');
    expect(collapseReason(file('src/generated/schema.ts'))).toContain('over the limit');
    expect(collapseReason(file('docs/queue.png'))).toContain('binary');
    expect(collapseReason(file('src/queue.ts'))).toBeNull();
  });

  test('shows a collapsed file when asked, and collapses a viewed one', () => {
    const lock = [file('package-lock.json')];
    const lines = (over: Partial<DiffLayout>) =>
      diffRows(lock, { ...layout, ...over }).filter((row) => row.kind === 'line').length;
    expect(lines({})).toBe(0);
    expect(lines({ toggled: new Set(['package-lock.json']) })).toBeGreaterThan(0);
    const queue = diffRows([file('src/queue.ts')], { ...layout, viewed: new Set(['src/queue.ts']) });
    expect(queue.map((row) => row.kind)).toEqual(['file', 'note']);
  });

  test('shows the same changed lines in one column and in two', () => {
    const texts = (split: boolean) =>
      diffRows([file('src/queue.ts')], { ...layout, split })
        .flatMap((row) =>
          row.kind === 'line' ? [row.line] : row.kind === 'pair' ? [row.left, row.right] : [],
        )
        .flatMap((line) => (line && line.kind !== 'context' ? `${line.kind} ${line.text}` : []))
        .toSorted();
    expect(texts(true)).toEqual(texts(false));
  });

  test('has one row key for each row', () => {
    for (const split of [true, false]) {
      const keys = diffRows(files, { ...layout, split, toggled: new Set(['package-lock.json']) }).map(
        (row) => row.key,
      );
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  test('puts a comment under its line', () => {
    const rows = diffRows([file('src/queue.ts')], { ...layout, commented: new Set(['src/queue.ts:new:10']) });
    const at = rows.findIndex((row) => row.kind === 'comment');
    expect(rows[at - 1]).toMatchObject({ kind: 'line', line: { new: 10 } });
  });

  test('a comment from the heading of a hunk is about its first changed line', () => {
    for (const split of [true, false]) {
      const rows = diffRows([file('src/queue.ts')], { ...layout, split });
      const line = lineToComment(
        rows,
        rows.findIndex((row) => row.kind === 'hunk'),
      );
      const changed =
        hunksOf(file('src/queue.ts'))?.[0]?.lines.filter(({ kind }) => kind !== 'context') ?? [];
      expect(changed.map(({ text }) => text)).toContain(line?.text);
      expect(lineToComment(rows, 0)).toBe(null);
    }
  });

  test('lists what no person wrote last', () => {
    const names = treeItems(files, 'Collapsed').flatMap((item) => (item.kind === 'file' ? item.key : []));
    expect(names.slice(-3)).toEqual(['docs/queue.png', 'src/generated/schema.ts', 'package-lock.json']);
  });
});

describe('what is left out', () => {
  const queue = file('src/queue.ts');
  const [first, second] = hunksOf(queue) ?? [];
  const out = (marks: Parameters<typeof leftOutOf>[0]) => leftOutOf(marks, files, 'abc');

  test('is asked for by the hunks, and by the whole file once every one of them is out', () => {
    const one = toggleHunk({}, queue, second as never);
    expect(out(one)).toEqual({
      head: 'abc',
      files: [{ path: 'src/queue.ts', hunks: [{ oldStart: 61, newStart: 67 }] }],
    });
    const both = toggleHunk(one, queue, first as never);
    expect(out(both)?.files).toEqual([{ path: 'src/queue.ts' }]);
    expect(out(toggleHunk(both, queue, second as never))?.files).toEqual([
      { path: 'src/queue.ts', hunks: [{ oldStart: 1, newStart: 1 }] },
    ]);
    expect(out(toggleHunk(one, queue, second as never))).toBeUndefined();
  });

  test('is the whole of a file that came, and keeps a rename whose lines are all out', () => {
    const [added] = hunksOf(file('src/intake.ts')) ?? [];
    expect(toggleHunk({}, file('src/intake.ts'), added as never)).toEqual({ 'src/intake.ts': 'file' });
    const moved = file('test/queue-drain.test.ts');
    const lines = toggleHunk({}, moved, hunksOf(moved)?.[0] as never);
    expect(leftOutCounts(out(lines))).toEqual({ files: 0, hunks: 1 });
    expect(leftOutCounts(out(toggleFile(lines, moved)))).toEqual({ files: 1, hunks: 0 });
  });

  test('is drawn on its hunk and its lines, and not on those beside it', () => {
    const rows = diffRows([queue], { ...layout, leftOut: toggleHunk({}, queue, second as never) });
    const drawn = rows.flatMap((row) => (row.kind === 'line' ? [[row.hunk === second, row.out]] : []));
    expect(drawn.every(([of, isOut]) => of === isOut)).toBe(true);
    expect(drawn.some(([of]) => of)).toBe(true);
  });
});

describe('unchanged lines', () => {
  test('come between the hunks when they are asked for', () => {
    const queue = file('src/queue.ts');
    const before = diffRows([queue], layout).find((row) => row.kind === 'hunk' && row.gap !== null);
    const gap = before?.kind === 'hunk' ? before.gap : null;
    expect(gap).toMatchObject({ from: 23, to: 66, shift: 6 });
    const lines = [{ kind: 'context' as const, text: 'same', old: 17, new: 23 }];
    const rows = diffRows([queue], { ...layout, gaps: new Map([[gap?.key ?? '', lines]]) });
    const at = rows.findIndex((row) => row.kind === 'line' && row.line.text === 'same');
    expect(rows[at + 1]).toMatchObject({ kind: 'hunk', gap: null });
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });
});

describe('why files changed', () => {
  test('groups them by the step that changed them first, what nobody wrote last', () => {
    const steps = [
      { title: 'Extract queue', paths: ['src/queue.ts', 'package-lock.json'] },
      { title: 'Tests', paths: ['src/queue.ts', 'test/drain.test.ts'] },
    ];
    const items = intentItems(files, steps, { other: 'Other', last: 'Collapsed' });
    expect(
      items.map((item) => (item.kind === 'heading' ? `${item.label} ${String(item.count)}` : item.key)),
    ).toEqual([
      'Extract queue 1',
      'src/queue.ts',
      'Tests 1',
      'test/queue-drain.test.ts',
      'Other 2',
      'src/intake.ts',
      'src/legacy.ts',
      'Collapsed 3',
      'docs/queue.png',
      'src/generated/schema.ts',
      'package-lock.json',
    ]);
  });

  test('puts what the agent said beside the hunk it wrote, else beside the first', () => {
    const said = (text: string, lines: string[]) => ({ path: 'src/queue.ts', text, seq: 1, step: 1, lines });
    const [first, second] = hunksOf(file('src/queue.ts')) ?? [];
    const beside = wordsByHunk(files, {
      steps: [],
      words: [
        said('On the whole.', []),
        said('Say it in words.', ['parts.push(`${job.name} took ${formatDuration(took)}`);']),
      ],
    });
    expect([first, second].map((hunk) => beside.get(hunk as never)?.text)).toEqual([
      'On the whole.',
      'Say it in words.',
    ]);
  });
});

describe('what a reader has marked', () => {
  const storage = () => {
    const held = new Map<string, string>();
    return {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => void held.set(key, value),
      removeItem: (key: string) => void held.delete(key),
    };
  };
  const comment = {
    path: 'a.ts',
    line: 3,
    side: 'new' as const,
    quote: '  drain();',
    text: 'Stop intake first.',
  };

  test('comes back for the same result, and not for another', () => {
    const store = storage();
    const draft = { key: 'k2', comment: { ...comment, text: 'Half wri' } };
    writeMarks(store, 'run', 'abc', { ...noMarks, viewed: ['a.ts'], comments: { k: comment }, draft });
    expect(readMarks(store, 'run', 'abc')).toMatchObject({ viewed: ['a.ts'], draft });
    expect(readMarks(store, 'run', 'def').viewed).toEqual([]);
  });

  test('reaches the agent with its place and the line it speaks of', () => {
    expect(feedbackOf({ b: { ...comment, line: 9 }, a: comment }, 'In general: smaller.')).toBe(
      'In general: smaller.\n\na.ts:3\n> drain();\nStop intake first.\n\na.ts:9\n> drain();\nStop intake first.',
    );
  });
});
