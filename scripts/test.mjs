// `npm test`: every check, to the end. A stage that fails does not hide what the later ones have to say.
// `--no-browser` (`npm run check`) leaves the end-to-end tests out.
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    'This needs Node 24, which `npm ci` brings along: run `npm test` rather than the script itself.',
  );
  process.exit(1);
}
const { addTallies, settle, tallyLine, tallyOfPlaywright } = await import('./tally.ts');

const root = resolve(import.meta.dirname, '..');
const withBrowser = !process.argv.includes('--no-browser');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
// Hosts and commands are started hundreds of times: what Node made of their files is kept, which halves each start.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compile');
const reports = mkdtempSync(join(tmpdir(), 'homer-test-'));

function startScript(script, args, env, output) {
  const npm = process.env.npm_execpath;
  const asNode = npm?.endsWith('.js') === true;
  return spawn(
    asNode ? process.execPath : 'npm',
    [...(asNode ? [npm] : []), 'run', '--silent', script, '--', ...args],
    {
      cwd: root,
      stdio: ['ignore', output, output],
      env: { ...process.env, ...env },
      shell: !asNode && process.platform === 'win32',
    },
  );
}

/** Runs an npm script with its output on this terminal; resolves to its exit code. */
function runScript(script, args = [], env = {}) {
  const child = startScript(script, args, env, 'inherit');
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (signal !== null) console.error(`${script} was ended by ${signal}`);
      done(code ?? 1);
    });
  });
}

/** Below what tests have, which measure how long some things take. */
const BEHIND = 5;

const skippedStage = (name, reason) => ({ passed: 0, failed: 0, skipped: [{ name, reason }] });
const missing = (script) =>
  scripts[script] === undefined ? skippedStage(script, `package.json has no script "${script}"`) : undefined;
/** A check without tests of its own counts as one. */
const tallyOfCode = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] });

async function check(script) {
  return missing(script) ?? tallyOfCode(await runScript(script));
}

/** The same, with what it says given back once it has ended, and how long it took. */
async function checkQuietly(script) {
  const start = performance.now();
  const said = [];
  const child = startScript(script, [], {}, 'pipe');
  if (child.pid !== undefined) setPriority(child.pid, BEHIND);
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes));
  const code = await new Promise((done) => {
    child.on('error', (error) => {
      said.push(Buffer.from(`${script} could not be started: ${error.message}\n`));
      done(1);
    });
    child.on('close', (ended, signal) => done(signal === null ? ended : 1));
  });
  return { tally: tallyOfCode(code), said: Buffer.concat(said), ms: performance.now() - start };
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function settleAloud(tally, code) {
  if (tally === undefined) console.error(`ended with exit code ${code} and left no report`);
  for (const test of tally?.skipped ?? []) {
    if (test.reason === '')
      console.error(`skipped without a reason, which counts as a failure: ${test.name}`);
  }
  return settle(tally, code);
}

async function unit() {
  const file = join(reports, 'unit.json');
  const code = await runScript('test:unit', [], { HOMER_TALLY: file });
  return settleAloud(readReport(file), code);
}

/** A package without Electron in it, opened under the stand-in: it needs a browser too. */
async function packed() {
  if (!withBrowser) return skippedStage('package', 'left out by --no-browser');
  if (process.platform !== 'linux')
    return skippedStage('package', 'it looks at packages for Linux, and is run there');
  const { obtainBrowser } = await import('./find-browser.ts');
  const browser = obtainBrowser();
  if (browser.reason !== undefined) return skippedStage('package', browser.reason);
  const code = await runScript('package:check', [], { HOMER_CHROMIUM: browser.path });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

async function endToEnd() {
  if (!withBrowser) return skippedStage('end-to-end', 'left out by --no-browser');
  if (globSync('test/e2e/**/*.spec.ts', { cwd: root }).length === 0) {
    return skippedStage('end-to-end', 'there is no test/e2e/*.spec.ts');
  }
  const { obtainBrowser } = await import('./find-browser.ts');
  const browser = obtainBrowser();
  if (browser.reason !== undefined) {
    console.error(browser.reason);
    const mustRun = (process.env.CI ?? '') !== '';
    return mustRun ? { passed: 0, failed: 1, skipped: [] } : skippedStage('end-to-end', browser.reason);
  }
  const file = join(reports, 'end-to-end.json');
  const env = { HOMER_CHROMIUM: browser.path, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const code = await runScript('test:e2e', ['--reporter=list,json'], env);
  const report = readReport(file);
  return settleAloud(report && tallyOfPlaywright(report), code);
}

// They compute where tests mostly wait: done one after the other beside those, behind them where both could go on, and heard at the end.
const BESIDE = ['lint', 'format:check', 'types', 'boundaries', 'lock', 'docs'];
const heard = new Map();
function beginBeside() {
  let before = Promise.resolve();
  for (const script of BESIDE.filter((name) => missing(name) === undefined)) {
    before = before.then(() => checkQuietly(script));
    heard.set(script, before);
  }
}
async function beside(script) {
  const lacking = missing(script);
  if (lacking !== undefined) return lacking;
  const { tally, said, ms } = await heard.get(script);
  process.stdout.write(said);
  return { ...tally, ms };
}

const STAGES = [
  ['build', () => check('build')],
  [
    'unit',
    () => {
      beginBeside();
      return unit();
    },
  ],
  ['package', packed],
  ['end-to-end', endToEnd],
  ['lint', () => beside('lint')],
  ['format', () => beside('format:check')],
  ['types', () => beside('types')],
  ['boundaries', () => beside('boundaries')],
  ['lock', () => beside('lock')],
  ['docs', () => beside('docs')],
];

const results = [];
for (const [name, run] of STAGES) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  let tally;
  try {
    tally = await run();
  } catch (error) {
    console.error(error);
    tally = { passed: 0, failed: 1, skipped: [] };
  }
  const seconds = ((tally.ms ?? performance.now() - start) / 1000).toFixed(1);
  console.log(`-- ${name}: ${tallyLine(tally)} (${seconds} s)`);
  results.push({ name, tally, seconds });
}
rmSync(reports, { recursive: true, force: true });

console.log('\n== summary');
for (const { name, tally, seconds } of results) {
  const verdict = tally.failed > 0 ? 'FAILED' : tally.passed > 0 ? 'passed' : 'skipped';
  console.log(`${verdict.padEnd(8)} ${name.padEnd(11)} ${seconds.padStart(6)} s  ${tallyLine(tally)}`);
}
const total = addTallies(results.map(({ tally }) => tally));
for (const { name, reason } of total.skipped) console.log(`skipped: ${name}: ${reason}`);
console.log(`\n${tallyLine(total)}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
