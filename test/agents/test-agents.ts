import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../main/shared/result.ts';
import { checkCommand, namesOf } from '../check-command.ts';
import { startModelServer, type ModelServer } from '../fakes/model-server/start-model-server.ts';
import type { AgentProgram } from './agent-program.ts';
import { agentsFolder, install } from './install.ts';
import { hostScenarios, skipOf } from './host-scenarios.ts';
import { createAgentRoom } from './room.ts';
import { scenarios } from './scenarios.ts';
import { wholeJob } from './whole-job.ts';

/**
 * The real agent programs at pinned versions, each through Homer's own executor and runner in a git worktree, against a model server on this
 * machine. `--only claude,codex`, `--scenario text,edit` and `--json` are understood. A program that cannot be installed is skipped, by name
 * and with the reason; the exit code is 1 when anything failed.
 */
interface Row {
  readonly program: string;
  readonly version: string;
  readonly scenario: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly detail: string;
  readonly ms: number;
}

const files = readdirSync(join(import.meta.dirname, 'programs')).filter((name) => name.endsWith('.ts'));
const values = checkCommand(
  'test:agents',
  'Takes the real agent programs through Homer’s own executors, against a model server on this machine.',
)
  .option(
    '--only <programs>',
    'some of them, with commas between',
    namesOf(files.map((name) => name.replace('.ts', ''))),
  )
  .option('--scenario <names>', 'some scenarios, with commas between', (text) => text.split(','))
  .parse()
  .opts<{ only?: string[]; scenario?: string[]; json: boolean }>();
const wanted = (list: string[] | undefined, name: string): boolean => list?.includes(name) ?? true;

const rows: Row[] = [];
const show = (row: Row): void => {
  rows.push(row);
  if (!values.json)
    console.log(
      [
        row.outcome.padEnd(8),
        row.program.padEnd(10),
        row.scenario.padEnd(16),
        `${String(row.ms).padStart(6)} ms`,
        row.detail.replaceAll('\n', ' ').slice(0, 160),
      ].join(' '),
    );
};

const server = await startModelServer();
try {
  for (const program of await programs())
    if (wanted(values.only, program.name)) await testProgram(program, server);
} finally {
  await server.close();
}
const count = (outcome: Row['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
if (values.json)
  console.log(JSON.stringify({ folder: agentsFolder(), node: process.version, rows }, null, 2));
else
  console.log(
    `${String(count('passed'))} passed, ${String(count('failed'))} failed, ${String(count('skipped'))} skipped`,
  );
if (rows.length === 0) console.error('No scenario has one of these names.');
process.exitCode = rows.length === 0 ? 2 : count('failed') > 0 ? 1 : 0;

async function programs(): Promise<AgentProgram[]> {
  const folder = join(import.meta.dirname, 'programs');
  return Promise.all(
    files
      .sort()
      .map(async (name) => ((await import(join(folder, name))) as { program: AgentProgram }).program),
  );
}

async function testProgram(program: AgentProgram, models: ModelServer): Promise<void> {
  const about = { program: program.name, version: program.version };
  const installed = await install(program);
  if ('reason' in installed) {
    show({ ...about, scenario: '(all)', outcome: 'skipped', detail: installed.reason, ms: 0 });
    return;
  }
  for (const asking of program.asks === true ? [false, true] : [false])
    for (const scenario of scenarios) {
      const name = asking ? `${scenario.name}_asking` : scenario.name;
      if (!wanted(values.scenario, name)) continue;
      const skip = program.skips[scenario.name];
      if (skip !== undefined) {
        show({ ...about, scenario: name, outcome: 'skipped', detail: skip, ms: 0 });
        continue;
      }
      await timed(name, async () => {
        const room = await createAgentRoom(program, installed.bin, models, asking);
        try {
          return await scenario.run(room);
        } finally {
          await room.dispose();
        }
      });
    }
  const { homeVariable } = program;
  if ((homeVariable !== undefined || program.package === null) && wanted(values.scenario, 'whole_job'))
    await timed('whole_job', () => wholeJob(program, homeVariable, installed.bin, models));
  const at = { program, homeVariable, bin: installed.bin, server: models };
  for (const [scenario, work] of Object.entries(hostScenarios))
    if (wanted(values.scenario, scenario)) {
      const skip = skipOf(program, scenario);
      if (skip === undefined) await timed(scenario, () => work(at));
      else show({ ...about, scenario, outcome: 'skipped', detail: skip, ms: 0 });
    }

  async function timed(scenario: string, work: () => Promise<string>): Promise<void> {
    const began = performance.now();
    const row = await work().then(
      (detail) => ({ outcome: 'passed' as const, detail }),
      (error: unknown) => ({ outcome: 'failed' as const, detail: messageOf(error) }),
    );
    show({ ...about, scenario, ...row, ms: Math.round(performance.now() - began) });
  }
}
