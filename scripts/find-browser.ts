import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Where a distribution puts Chromium. */
const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** A file there is not enough: some distributions ship a stub that only says how to install the real one. */
function starts(path: string): boolean {
  return (
    existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
  );
}

/** The browser for the end-to-end tests: the one asked for, the system's, or Playwright's own; undefined when there is none. */
export function findBrowser(): string | undefined {
  const asked = process.env['HOMER_CHROMIUM'] ?? '';
  if (asked !== '') return existsSync(asked) ? asked : undefined;
  return [...SYSTEM_BROWSERS, chromium.executablePath()].find(starts);
}

function isDebianLike(): boolean {
  if (!existsSync('/etc/os-release') || !existsSync('/usr/bin/apt-get')) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function runs(command: string, args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const windows = process.platform === 'win32';
  return (
    spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env, shell: windows }).status === 0
  );
}

/** Finds a browser, installing one where that needs nobody's consent; without one, says why. */
export function obtainBrowser(): { path: string } | { reason: string } {
  const found = findBrowser();
  if (found !== undefined) return { path: found };
  const asked = process.env['HOMER_CHROMIUM'] ?? '';
  if (asked !== '') return { reason: `HOMER_CHROMIUM names ${asked}, which does not exist` };

  const tried: string[] = [];
  if (process.getuid?.() === 0 && isDebianLike()) {
    tried.push('apt-get install chromium');
    console.log('no browser yet: installing Chromium by apt-get');
    if (runs('apt-get', ['-qq', 'update'])) {
      runs('apt-get', ['-qq', 'install', '--yes', '--no-install-recommends', 'chromium']);
    }
    const installed = findBrowser();
    if (installed !== undefined) return { path: installed };
  }
  tried.push('playwright install chromium');
  console.log("no browser yet: installing Playwright's Chromium");
  runs('npx', ['--no-install', 'playwright', 'install', 'chromium']);
  const installed = findBrowser();
  if (installed !== undefined) return { path: installed };
  return { reason: `no Chromium here, and none came of: ${tried.join('; ')}` };
}
