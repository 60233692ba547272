import { accountMachine } from '../main/domain/account/status.ts';
import { goalMachine } from '../main/domain/goal/status.ts';
import { intentMachine } from '../main/domain/intent/status.ts';
import type { Machine } from '../main/domain/machine.ts';
import { proposalMachine } from '../main/domain/proposal/stage.ts';
import { runMachine } from '../main/domain/run/status.ts';
import { sessionMachine } from '../main/domain/session/phase.ts';
import { updateMachine } from '../main/domain/update/update.ts';

const machines: readonly Machine<string, string>[] = [
  proposalMachine,
  intentMachine,
  runMachine,
  goalMachine,
  accountMachine,
  sessionMachine,
  updateMachine,
];

/** File name -> Markdown of one state machine: the picture, then every row. */
export function drawMachines(): Map<string, string> {
  return new Map(
    machines.map((machine) => [`${machine.name.replaceAll(' ', '-')}.md`, drawMachine(machine)]),
  );
}

export function drawMachine(machine: Machine<string, string>): string {
  const words = (name: string): string => name.replaceAll('_', ' ');
  const arrows = machine.rows.flatMap((row) =>
    row.from.map((from) => `  ${from} --> ${row.to}: ${words(row.on)}`),
  );
  const rows = machine.rows.map(
    ({ on, from, to, by, note }) =>
      `| ${words(on)} | ${from.join(', ')} | ${to} | ${by.join(', ')} | ${note ?? ''} |`,
  );
  return [
    `# States of a ${machine.name}`,
    '',
    'Made from the table in `main/domain` by `node scripts/make-diagrams.mjs`. Change the table, not this file.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...machine.starts.map((state) => `  [*] --> ${state}`),
    ...arrows,
    ...machine.ends.map((state) => `  ${state} --> [*]`),
    '```',
    '',
    '| What happens | From | To | Caused by | Note |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
