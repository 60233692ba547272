import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStages } from './stages.ts';

const order = (stages: object[]): string | string[] => {
  const read = readStages('workflow', { stages });
  return read.ok ? read.value.map(({ id }) => id) : read.error.message;
};

describe('a pipeline', () => {
  it('keeps the order given', () => {
    const read = readStages('pipeline', { stages: [{ id: 'b' }, { id: 'a', command: 'x' }] });
    expect(read).toMatchObject({ ok: true, value: [{ id: 'b' }, { id: 'a', command: 'x' }] });
  });
  it('refuses "needs", which makes a workflow', () => {
    const read = readStages('pipeline', { stages: [{ id: 'a' }, { id: 'b', needs: ['a'] }] });
    expect(read).toMatchObject({
      ok: false,
      error: { tag: 'invalid_stages', message: expect.stringContaining('Stage b') },
    });
  });
});

describe('a workflow', () => {
  it('puts what is needed first, else keeps the order', () => {
    expect(
      order([
        { id: 'ship', needs: ['test', 'docs'] },
        { id: 'docs' },
        { id: 'test', needs: ['code'] },
        { id: 'code' },
      ]),
    ).toEqual(['code', 'test', 'docs', 'ship']);
  });
  it('names the cycle', () => {
    expect(
      order([
        { id: 'a', needs: ['b'] },
        { id: 'b', needs: ['c'] },
        { id: 'c', needs: ['a'] },
      ]),
    ).toContain('a → b → c → a');
    expect(order([{ id: 'a', needs: ['a'] }])).toContain('a → a');
  });
  it('names what is missing', () => {
    expect(order([{ id: 'a', needs: ['gone'] }])).toBe('Stage a needs gone, which is not there.');
  });
  it('runs every stage once and after all it needs, whatever the graph', () => {
    const graph = fc
      .integer({ min: 1, max: 8 })
      .chain((size) =>
        fc.tuple(
          ...Array.from({ length: size }, (_, at) =>
            fc.subarray(Array.from({ length: at }, (__, before) => before)),
          ),
        ),
      );
    fc.assert(
      fc.property(graph, fc.integer(), (needs, turn) => {
        const stages = needs.map((before, at) => ({
          id: `s${String(at)}`,
          needs: before.map((n) => `s${String(n)}`),
        }));
        const turned = [...stages.slice(turn % stages.length), ...stages.slice(0, turn % stages.length)];
        const read = readStages('workflow', { stages: turned });
        const ordered = read.ok ? read.value.map(({ id }) => id) : [];
        expect(ordered.toSorted()).toEqual(stages.map(({ id }) => id).sort());
        for (const { id, needs: before } of stages)
          for (const need of before) expect(ordered.indexOf(need)).toBeLessThan(ordered.indexOf(id));
      }),
    );
  });
});

it.each([
  ['nothing', {}, 'metadata.stages'],
  ['an empty list', { stages: [] }, 'Give at least one stage.'],
  ['a doubled id', { stages: [{ id: 'a' }, { id: 'a' }] }, 'the same id'],
  ['an unknown field', { stages: [{ id: 'a', cmd: 'x' }] }, 'metadata.stages.0'],
  ['a bad id', { stages: [{ id: 'a b' }] }, 'metadata.stages.0.id'],
])('refuses %s and says where', (_what, metadata, message) => {
  const read = readStages('workflow', metadata);
  expect(read).toMatchObject({
    ok: false,
    error: { tag: 'invalid_stages', message: expect.stringContaining(message) },
  });
});
