import type { RiskProfile } from '../../domain/risk/gate.ts';

/** Tools that reach beyond the turn: other worktrees, other times, other machines. Homer does that itself. */
const BEYOND = ['EnterWorktree', 'CronCreate', 'CronDelete', 'ScheduleWakeup', 'RemoteTrigger'];
/** Asks at a terminal, where nobody is; its owner is asked by Homer's own tool. */
const TERMINAL = 'AskUserQuestion';
const NETWORK = ['WebFetch', 'WebSearch'];
const FILES = ['Edit', 'Write', 'NotebookEdit'];

/** For a turn that only reads: no other tool is even there. */
export const READING_ARGS: readonly string[] = ['--permission-mode', 'plan', '--tools', 'Read,Glob,Grep'];

/**
 * What Claude Code may do without asking. What it would ask about is asked of its owner where Homer's tools are there, and else refused and told.
 *
 * - strict: changes files of the worktree. Commands and the network are refused.
 * - balanced: also runs commands and reads the web.
 * - trusted: whatever it wants. The superuser may not bypass permissions, so there every tool is named instead.
 */
export function permissionArgs(
  profile: RiskProfile,
  { superuser, mcp }: { readonly superuser: boolean; readonly mcp: boolean },
): string[] {
  const bypass = profile === 'trusted' && !superuser;
  const allowed = [
    ...(profile === 'strict' ? [] : ['Bash', ...NETWORK]),
    ...(profile === 'trusted' && superuser ? FILES : []),
    ...(mcp ? ['mcp__homer'] : []),
  ];
  const denied = [...BEYOND, TERMINAL, ...(profile === 'strict' ? NETWORK : [])];
  return [
    '--permission-mode',
    bypass ? 'bypassPermissions' : 'acceptEdits',
    ...(allowed.length > 0 && !bypass ? ['--allowedTools', allowed.join(',')] : []),
    '--disallowedTools',
    denied.join(','),
  ];
}
