import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a scripted agent program says in one turn. */
export interface ScriptedTurn {
  readonly text: string;
  /** US dollars; absent: it tells no cost. */
  readonly cost?: number;
  /** Lines of shell it runs before it answers, in the folder it was started in. */
  readonly before?: string;
}

/** An agent program of the owner's own, by the declarative form: it answers what the test has written down. */
export interface ScriptedPlanner {
  readonly name: string;
  /** What it says from now on, turn by turn; the last again and again. */
  says(...turns: readonly ScriptedTurn[]): void;
  /** What it was told, in order. */
  prompts(): string[];
  /** Its arguments, in order. */
  args(): string[];
}

/** Declares it in the folder of agents; a host that starts afterwards has it. */
export function declareScriptedPlanner(dataDir: string, name = 'scripted'): ScriptedPlanner {
  const folder = join(dataDir, `program ${name}`);
  mkdirSync(folder, { recursive: true });
  const program = join(folder, name);
  writeFileSync(
    program,
    [
      '#!/bin/sh',
      '[ "$1" = --version ] && { echo 1.0.0; exit 0; }',
      'here=$(dirname "$0")',
      'n=$(($(cat "$here/count" 2>/dev/null || echo 0) + 1))',
      'cat > "$here/prompt-$n"; echo "$*" > "$here/args-$n"; echo $n > "$here/count"',
      'turn=$n; while [ ! -e "$here/says-$turn" ] && [ $turn -gt 1 ]; do turn=$((turn - 1)); done',
      '[ -e "$here/before-$turn" ] && . "$here/before-$turn"',
      'cat "$here/says-$turn"',
      '',
    ].join('\n'),
  );
  chmodSync(program, 0o755);
  mkdirSync(join(dataDir, 'agents'), { recursive: true });
  writeFileSync(
    join(dataDir, 'agents', `${name}.json`),
    JSON.stringify({
      version: 1,
      name,
      label: 'Scripted agent',
      find: { programs: [program], signedIn: { env: ['HOME'], files: [] } },
      prompt: 'stdin',
      args: [
        { if: 'reading', then: ['--read'] },
        { if: 'strict', then: ['--strict'] },
        { if: 'session', then: ['--resume', '{session}'] },
      ],
      session: ['session'],
      events: [{ when: { kind: 'say' }, emit: 'message', text: 'text' }],
      usage: {
        total: {
          when: { kind: 'end' },
          of: 'run',
          tokensIn: 'in',
          tokensOut: 'out',
          cost: 'cost',
        },
      },
      result: { when: { kind: 'end' }, success: { state: 'done' }, error: 'why' },
    }),
  );
  const list = (kind: string): string[] =>
    readdirSync(folder)
      .filter((file) => file.startsWith(`${kind}-`))
      .sort((a, b) => Number(a.slice(kind.length + 1)) - Number(b.slice(kind.length + 1)))
      .map((file) => readFileSync(join(folder, file), 'utf8'));
  return {
    name,
    says(...turns) {
      const count = join(folder, 'count');
      const done = existsSync(count) ? Number(readFileSync(count, 'utf8')) : 0;
      turns.forEach(({ text, cost, before = ':' }, index) => {
        const lines = [
          { kind: 'say', text, session: 'session-1' },
          { kind: 'end', state: 'done', in: 900, out: 100, ...(cost === undefined ? {} : { cost }) },
        ];
        const turn = String(done + index + 1);
        writeFileSync(join(folder, `before-${turn}`), before);
        writeFileSync(
          join(folder, `says-${turn}`),
          lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
        );
      });
    },
    prompts: () => list('prompt'),
    args: () => list('args').map((line) => line.trim()),
  };
}

/** A plan in the form a planner answers with. */
export const scriptedPlan = {
  steps: ['Read sum.txt', 'Raise the sum to two'],
  effort: 'small',
  risk: 'low',
  files: ['sum.txt'],
  testCommand: '',
  estimate: { tokens: 12_000, minutes: 5, costUsd: null },
  questions: [] as { question: string; required: boolean; suggestions: string[] }[],
};
