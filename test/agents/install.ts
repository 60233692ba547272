import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { AgentProgram } from './agent-program.ts';

const INSTALL_LIMIT_MS = 600_000;

/** Where the programs are kept between runs: outside the repository, since together they are larger than a gigabyte. */
export function agentsFolder(): string {
  return process.env['HOMER_AGENTS_DIR'] ?? join(homedir(), '.cache', 'homer-test-agents');
}

export type Installed = { readonly bin: string } | { readonly reason: string };

/**
 * The program at its pinned version, installed when it is not there, by npm and without its install scripts. Node 22 or newer runs npm: an older
 * one would silently get an older program.
 */
export async function install(program: AgentProgram): Promise<Installed> {
  if (program.package === null) return { bin: program.bin };
  const folder = join(agentsFolder(), `${program.name}-${program.version}`);
  const bin = join(folder, 'node_modules', program.bin);
  const manifest = join(folder, 'node_modules', program.package, 'package.json');
  if (!isVersion(manifest, program.version)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
    const done = await execa(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${program.package}@${program.version}`],
      { cwd: folder, timeout: INSTALL_LIMIT_MS, reject: false, all: true },
    );
    if (done.failed) {
      const last = done.all.trim().split('\n').at(-1) ?? '';
      return { reason: `npm could not install ${program.package}@${program.version}: ${last.slice(0, 200)}` };
    }
  }
  if (!isVersion(manifest, program.version))
    return {
      reason: `npm did not install ${program.package}@${program.version} on Node ${process.version}.`,
    };
  return existsSync(bin) ? { bin } : { reason: `${program.package} has no ${program.bin}.` };
}

function isVersion(manifest: string, version: string): boolean {
  if (!existsSync(manifest)) return false;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version === version;
}
