import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createManualClock } from '../shared/clock.ts';
import { createAcpParser } from './acp/acp-parser.ts';
import { createClaudeParser } from './claude/claude-parser.ts';
import { createCodexParser } from './codex/codex-parser.ts';
import type { TurnParser } from './executor.ts';
import { createDeclaredExecutor } from './declared/declared-executor.ts';
import { readForm } from './declared/read-form.ts';
import { createGeminiParser } from './gemini/gemini-parser.ts';
import { createKimiParser } from './kimi/kimi-parser.ts';
import { createLocalParser } from './local/local-parser.ts';
import { createOpencodeParser } from './opencode/opencode-parser.ts';
import { readLines, sampleTurn } from './testing/recorded-turn.ts';

const qwen = readForm('qwen.json', readFileSync(join(import.meta.dirname, 'declared', 'qwen.json'), 'utf8'));
if (!qwen.ok) throw new Error(qwen.error.message);
const declared = createDeclaredExecutor(qwen.value, {});

const parsers: Record<string, { samples: string; create: () => TurnParser }> = {
  claude: { samples: 'claude', create: () => createClaudeParser(sampleTurn) },
  codex: { samples: 'codex', create: () => createCodexParser(sampleTurn, createManualClock()) },
  gemini: { samples: 'gemini', create: () => createGeminiParser(sampleTurn) },
  opencode: { samples: 'opencode', create: () => createOpencodeParser({ ...sampleTurn, turnLimit: 50 }) },
  'the form of qwen': { samples: 'declared', create: () => declared.createParser(sampleTurn) },
  local: { samples: 'local', create: () => createLocalParser(sampleTurn) },
  'the protocol': { samples: 'acp', create: () => createAcpParser(sampleTurn, 'The agent') },
  kimi: { samples: 'kimi', create: () => createKimiParser(sampleTurn, () => null) },
};

/** Every line that was ever recorded of a program. */
function recorded(folder: string): string[] {
  const samples = join(import.meta.dirname, folder, 'samples');
  return readdirSync(samples)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(samples, name), 'utf8').split('\n'))
    .filter((line) => line !== '');
}

const puts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    'null',
    '{}',
    '[]',
    '1e999',
    '-1',
    '"',
    '\\',
    '{"__proto__":1}',
    '[1,',
    '\u001b[31m',
    '\ud800',
  ),
);

it.each(Object.entries(parsers))(
  'the parser of %s never throws on mutated lines, and emits only what the schemas allow',
  (_, { samples, create }) => {
    const lines = recorded(samples);
    const mutated = fc
      .record({
        line: fc.constantFrom(...lines),
        at: fc.nat(),
        cut: fc.nat(30),
        put: puts,
        stderr: fc.boolean(),
      })
      .map(({ line, at, cut, put, stderr }) => {
        const from = at % (line.length + 1);
        return [stderr ? 'stderr' : 'stdout', line.slice(0, from) + put + line.slice(from + cut)] as const;
      });
    fc.assert(
      fc.property(
        fc.array(mutated, { maxLength: 20 }),
        fc.constantFrom(0, 1, 53, 143, 145, 173),
        (some, code) => {
          const { ending } = readLines(create(), some, { code });
          for (const [figure, value] of Object.entries(ending))
            if (typeof value === 'number')
              expect(Number.isSafeInteger(value) && value >= 0, figure).toBe(true);
        },
      ),
      { numRuns: 1_500 },
    );
  },
);

it.each(Object.entries(parsers))(
  'the parser of %s shows a line nobody can read as it stands',
  (_, { create }) => {
    for (const line of ['not json', '{"type":"of another version"}', '[1]', '{', 'null']) {
      const { events } = readLines(create(), [['stdout', line]]);
      expect(events.map(({ type }) => type)).toEqual(['output']);
      expect(events[0]?.type === 'output' && events[0].payload.text === line).toBe(true);
    }
    const { events } = readLines(create(), [['stderr', 'warning']]);
    expect(events).toMatchObject([{ type: 'output', payload: { stream: 'stderr' } }]);
  },
);

it.each(Object.entries(parsers))(
  'the parser of %s reads more lines a second than any agent prints',
  (name, { samples, create }) => {
    const lines = recorded(samples);
    const rounds = Math.ceil(25_000 / lines.length);
    let events = 0;
    let best = 0;
    // Seconds of the processor, and other work of the machine only ever makes it slower: the best of some tries is what it can do.
    for (let tries = 0; tries < 30 && best < 120_000; tries += 1) {
      const parser = create();
      const before = process.cpuUsage();
      for (let round = 0; round < rounds; round += 1)
        for (const text of lines) parser.line({ stream: 'stdout', text, dropped: 0 }, () => (events += 1));
      const { user, system } = process.cpuUsage(before);
      best = Math.max(best, (rounds * lines.length) / ((user + system) / 1_000_000));
    }
    console.log(`${name}: ${String(Math.round(best / 1_000))},000 lines/s`);
    expect(events).toBeGreaterThan(0);
    expect(best).toBeGreaterThan(100_000);
  },
);
