import { realpathSync } from 'node:fs';
import { delimiter, dirname, extname, join } from 'node:path';
import { fail, ok, type Result } from '../shared/result.ts';
import type { DetectionRoom } from './executor.ts';
import { headOf, isFile, namesIn } from './read-head.ts';
import { locateProgram, type LocatedProgram } from './locate-program.ts';
import { findProgram } from './process/find-program.ts';
import { compareVersions, versionIn } from './version-range.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What is started for an agent program: itself, or Node with the script that it is. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
}

/** Programs that need no Node are started as they are; `node` is the least version for those that do. */
export interface NodeNeed {
  readonly label: string;
  readonly node: string;
  /** Beside the script that was found: the one to start instead, such as one that does not start itself anew. */
  readonly entry?: string;
}

/** How to start what was found. Reads the disk at most. */
export function launchOf(located: LocatedProgram, need: NodeNeed, env: Env): Result<Launch> {
  if (!isScript(located.real)) return ok({ program: located.path, args: [] });
  const node = findNode(need.node, env);
  if (node === undefined)
    return fail('node_too_old', `${need.label} needs Node ${need.node} or newer, and none was found.`, {
      hint: `Install Node ${need.node} or newer, or set HOMER_NODE_PATH to it.`,
    });
  const beside = need.entry === undefined ? undefined : join(dirname(located.real), need.entry);
  return ok({ program: node, args: [beside !== undefined && isFile(beside) ? beside : located.real] });
}

export interface FoundProgram {
  readonly path: string;
  readonly version: string | null;
  /** Why it cannot be started, empty when it can. */
  readonly trouble: string;
}

/** Finds an agent program and asks it for its version; undefined when it is not there. */
export async function askVersion(
  names: readonly string[],
  need: NodeNeed,
  room: DetectionRoom,
  versionArgs: readonly string[] = ['--version'],
): Promise<FoundProgram | undefined> {
  const located = names.map((name) => locateProgram(name, room.env)).find((found) => found !== undefined);
  if (!located) return undefined;
  const launch = launchOf(located, need, room.env);
  if (!launch.ok) return { path: located.path, version: null, trouble: launch.error.message };
  const { program, args } = launch.value;
  const answer = await room.ask(program, [...args, ...versionArgs]);
  const version = answer?.exitCode === 0 ? versionIn(answer.output) : null;
  const trouble = version === null ? 'Found, but it did not tell its version.' : '';
  return { path: args[0] ?? program, version, trouble };
}

const SCRIPT = new Set(['.js', '.mjs', '.cjs']);

function isScript(path: string): boolean {
  if (SCRIPT.has(extname(path))) return true;
  // Package managers also put scripts there without an ending.
  return headOf(path).startsWith('#!/usr/bin/env node');
}

/**
 * A Node of at least this version: where `HOMER_NODE_PATH` says, the Node that Homer itself runs on, the first on the PATH, then those that
 * version managers keep. One whose version the disk does not tell comes last of those on the PATH, and then is tried.
 */
export function findNode(least: string, env: Env): string | undefined {
  const chosen = env['HOMER_NODE_PATH'];
  if (chosen) return findProgram(chosen, '');
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => findProgram('node', folder) ?? [])
    .map((path) => ({ path, version: versionOnDisk(path) }));
  const { node: version, electron } = process.versions as Partial<Record<string, string>>;
  const own = electron === undefined ? [{ path: process.execPath, version: version ?? null }] : [];
  const fits = ({ version }: { version: string | null }): boolean =>
    version !== null && compareVersions(version, least) >= 0;
  return (
    [...onPath, ...own].find(fits) ??
    managed(env).find(fits) ??
    onPath.find(({ version }) => version === null)
  )?.path;
}

/** Nodes that version managers keep, the newest first. */
function managed(env: Env): { path: string; version: string | null }[] {
  const home = env['HOME'];
  if (!home) return [];
  return [
    join(env['NVM_DIR'] ?? join(home, '.nvm'), 'versions', 'node'),
    join(home, '.local', 'share', 'fnm', 'node-versions'),
    join(home, '.volta', 'tools', 'image', 'node'),
    join(home, '.local', 'share', 'mise', 'installs', 'node'),
    join(home, '.asdf', 'installs', 'nodejs'),
  ]
    .flatMap((folder) => namesIn(folder).map((name) => join(folder, name)))
    .flatMap((folder) => [join(folder, 'bin', 'node'), join(folder, 'installation', 'bin', 'node')])
    .filter((path) => findProgram(path, '') !== undefined)
    .map((path) => ({ path, version: versionOnDisk(path) }))
    .sort((a, b) => compareVersions(b.version ?? '0', a.version ?? '0'));
}

/** By the package it lies in, the headers beside it, or the name of its folder; null when none of them tells. */
function versionOnDisk(path: string): string | null {
  const real = realpathSync(path);
  const root = dirname(dirname(real));
  const manifest =
    /"name":\s*"node[^"]*"[^]*?"version":\s*"([^"]+)"|"version":\s*"([^"]+)"[^]*?"name":\s*"node/u.exec(
      headOf(join(root, 'package.json')),
    );
  if (manifest) return manifest[1] ?? manifest[2] ?? null;
  const header = headOf(join(root, 'include', 'node', 'node_version.h'));
  const part = (name: string): string | undefined =>
    new RegExp(`#define NODE_${name}_VERSION (\\d+)`, 'u').exec(header)?.[1];
  const parts = [part('MAJOR'), part('MINOR'), part('PATCH')];
  if (parts.every((one) => one !== undefined)) return parts.join('.');
  return /\/v?(\d+\.\d+\.\d+)[^/]*\//u.exec(`${root}/`)?.[1] ?? null;
}
