import type { Glance } from './glance.ts';

/** What the tray icon says by its shape, the most pressing first. */
export type TrayState = 'error' | 'needs-you' | 'paused' | 'running' | 'idle';

export function trayState(glance: Glance | undefined): TrayState {
  if (!glance) return 'idle';
  const { overview, host } = glance;
  if (overview.problems.length > 0) return 'error';
  if (overview.needsYou > 0) return 'needs-you';
  if (overview.heldAll || host.careful) return 'paused';
  return overview.running > 0 ? 'running' : 'idle';
}

/** One line for the top of the menu and the tooltip. */
export function statusLine(glance: Glance | undefined): string {
  if (!glance) return 'Homer is starting';
  const { overview, host } = glance;
  if (host.leaving) return `Quits when ${runs(overview.running)} done, starts nothing new`;
  const problem = overview.problems[0];
  if (problem) return problem.message;
  if (host.careful) return 'Started with care: starts no run, looks for nothing';
  const parts = [
    overview.heldAll ? 'everything paused' : '',
    overview.needsYou > 0 ? `${overview.needsYou} need${overview.needsYou === 1 ? 's' : ''} you` : '',
    overview.running > 0 ? `${overview.running} running` : '',
    overview.queued > 0 ? `${overview.queued} queued` : '',
  ].filter((part) => part !== '');
  const line = parts.length === 0 ? 'all quiet' : parts.join(', ');
  return line.charAt(0).toUpperCase() + line.slice(1);
}

function runs(count: number): string {
  return count === 1 ? 'one run is' : `${String(count)} runs are`;
}
