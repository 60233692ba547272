// `npm run bench`: figures with a baseline each, measured in this run. `--json` prints one JSON object; names choose some.
import { cpus, loadavg } from 'node:os';
import { benchAgents } from './agents.ts';
import { benchApproveToProcess } from './approve-to-process.ts';
import { benchBoard } from './board.ts';
import { benchDecide } from './decide.ts';
import type { Figure } from './figure.ts';
import { benchDesktop } from './desktop.ts';
import { benchIdle } from './idle.ts';
import { benchIngestion } from './ingestion.ts';
import { benchLifecycle } from './lifecycle.ts';
import { benchSearch } from './search.ts';
import { benchSchedule } from './schedule.ts';
import { benchStartUp } from './start-up.ts';
import { benchTimeline } from './timeline.ts';
import { benchTrivialRuns } from './trivial-runs.ts';

const all: Record<string, () => Promise<Figure | Figure[]>> = {
  agents: benchAgents,
  start: benchStartUp,
  approve: benchApproveToProcess,
  decide: benchDecide,
  idle: benchIdle,
  desktop: benchDesktop,
  lifecycle: benchLifecycle,
  trivial: benchTrivialRuns,
  ingestion: benchIngestion,
  schedule: benchSchedule,
  search: benchSearch,
  board: benchBoard,
  timeline: benchTimeline,
};

const words = process.argv.slice(2);
const json = words.includes('--json');
const wanted = words.filter((word) => !word.startsWith('--'));
if (words.includes('--help') || wanted.some((name) => !(name in all))) {
  console.error(`Usage: npm run bench [-- --json] [${Object.keys(all).join('|')} …]`);
  process.exit(words.includes('--help') ? 0 : 2);
}

const figures: Figure[] = [];
for (const [name, bench] of Object.entries(all)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (!json) console.error(`measuring: ${name}…`);
  figures.push(...[await bench()].flat());
}
if (json)
  console.log(
    JSON.stringify({
      at: new Date().toISOString(),
      node: process.versions.node,
      cores: cpus().length,
      load: loadavg()[0],
      figures,
    }),
  );
else
  for (const it of figures)
    console.log(
      `${it.met ? '✓' : '✗'} ${it.name}: ${String(it.value)} ${it.unit} (${String(it.min)}–${String(it.max)}, n=${String(it.n)}); ${it.against}: ${String(it.baseline)}; ratio ${String(it.ratio)}; goal ${it.goal}${it.note ? `. ${it.note}` : ''}`,
    );
