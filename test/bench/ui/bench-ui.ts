// `npm run bench:ui`: the dashboard in a real browser beside a bare list of the same size, measured in this run. `--json` prints one JSON
// object; `board` or `timeline` measures one of them. Ends with 1 when a figure misses its goal.
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../../scripts/find-browser.ts';
import { MOST_AT_START, startBundle } from '../../../scripts/start-bundle.ts';
import { figure, type Figure } from '../figure.ts';
import { root, scratch } from '../host.ts';
import { serveBare, type BareServer } from './bare-server.ts';
import { boardFigures } from './board-figures.ts';
import { launch } from './profile.ts';
import { timelineFigures } from './timeline-figures.ts';

const parts = { board: boardFigures, timeline: timelineFigures };
const words = process.argv.slice(2);
const wanted = words.filter((word) => !word.startsWith('--'));
if (words.includes('--help') || wanted.some((name) => !(name in parts))) {
  console.error(`Usage: npm run bench:ui [-- --json] [${Object.keys(parts).join('|')} …]`);
  process.exit(words.includes('--help') ? 0 : 2);
}
const executablePath = findBrowser();
if (executablePath === undefined) {
  console.error('There is no Chromium here. Install one, or name it in HOMER_CHROMIUM.');
  process.exit(3);
}

const place = scratch('bare');
const bare = await serveBare(place.folder);
const browser = await chromium.launch({
  ...launch,
  executablePath,
});
const figures: Figure[] = [bundle(bare)];
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`measuring: ${name}…`);
  figures.push(...(await measure(browser, bare)));
}
const version = browser.version();
await browser.close();
await bare.stop();
place.remove();

const missed = figures.filter(({ met }) => !met);
if (words.includes('--json'))
  console.log(
    JSON.stringify({
      at: new Date().toISOString(),
      node: process.versions.node,
      chromium: version,
      cores: cpus().length,
      load: loadavg()[0],
      met: missed.length === 0,
      figures,
    }),
  );
else
  for (const it of figures)
    console.log(
      `${it.met ? '✓' : '✗'} ${it.name}: ${String(it.value)} ${it.unit} (${String(it.min)}–${String(it.max)}, n=${String(it.n)}); ${it.against}: ${String(it.baseline)}; ratio ${String(it.ratio)}; goal ${it.goal}`,
    );
process.exitCode = missed.length === 0 ? 0 : 1;

function bundle({ bundle: least }: BareServer): Figure {
  const own = startBundle(path.join(root, 'out', 'renderer')).reduce((sum, { gzip }) => sum + gzip, 0);
  return figure({
    name: 'dashboard, scripts and styles loaded at the start',
    unit: 'kB gzip',
    values: [own / 1_000],
    baselines: [least / 1_000],
    against: 'bare list: React and the virtual list alone',
    goal: `at most ${String(MOST_AT_START / 1_000)} kB`,
    met: (value) => value <= MOST_AT_START / 1_000,
  });
}
