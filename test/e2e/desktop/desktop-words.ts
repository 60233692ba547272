import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import type { Bridge } from '../../../preload/contract/live.ts';
import type { MenuLine } from '../../fakes/desktop/launch.ts';

declare global {
  interface Window {
    homer: Bridge;
  }
}
export function call(page: Page, name: string, input: object): Promise<unknown> {
  return page.evaluate(([operation, words]) => window.homer.call(operation, words), [name, input] as const);
}

export async function propose(page: Page, title: string): Promise<string> {
  const reply = (await call(page, 'proposal.create', { title })) as { value: { proposal: { id: string } } };
  return reply.value.proposal.id;
}

/** A run that works for a minute; approved when the risk gate holds it. */
export async function startRun(page: Page, what: string): Promise<string> {
  // The ideas that the demo project holds would want the owner too, and the tray would say so.
  await call(page, 'flag.set', { key: 'runtime.discovery_enabled', value: 'off' });
  const known = (await call(page, 'project.list', {})) as { value: { id: string }[] };
  const project =
    known.value[0] ?? ((await call(page, 'project.addDemo', {})) as { value: { id: string } }).value;
  const reply = (await call(page, 'run.create', {
    projectId: project.id,
    name: what,
    query: what,
    executor: 'shell',
    shellCommand: 'sleep 60',
  })) as { value: { run: { id: string; status: string } } };
  const { id, status } = reply.value.run;
  if (status === 'draft') expect(await call(page, 'run.approve', { id })).toMatchObject({ ok: true });
  return id;
}

export async function runOf(page: Page, id: string): Promise<{ status: string; number: number }> {
  return ((await call(page, 'run.get', { id })) as { value: { run: { status: string; number: number } } })
    .value.run;
}

export async function decisionsOf(page: Page, id: string): Promise<{ action: string; channel: string }[]> {
  const reply = (await call(page, 'proposal.get', { id })) as {
    value: { decisions: { action: string; channel: string }[] };
  };
  return reply.value.decisions.map(({ action, channel }) => ({ action, channel }));
}

export function line(state: { tray?: { items: readonly MenuLine[] } }, words: string): MenuLine | undefined {
  return state.tray?.items.find(({ label }) => label.endsWith(words));
}

export function titles(state: { notifications: readonly { title: string }[] }): string[] {
  return state.notifications.map(({ title }) => title);
}

/** All processes below one, as Linux lists them. */
export function childrenOf(pid: number): number[] {
  const listed = spawnSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout;
  const parents = listed
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/u).map(Number));
  const below = (parent: number): number[] =>
    parents.flatMap(([child, of]) => (of === parent && child !== undefined ? [child, ...below(child)] : []));
  return below(pid);
}

/** A process that has ended but was not yet collected by its parent has ended all the same. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/u.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until a run has a status; starting Homer and a browser may take its time on a busy machine. */
export async function becomes(page: Page, id: string, status: string): Promise<void> {
  await expect.poll(async () => (await runOf(page, id)).status, { timeout: 15_000 }).toBe(status);
}
