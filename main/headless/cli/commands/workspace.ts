import type { WorktreeEntry } from '../../../../preload/contract/workspace.ts';
import { plainText } from '../../plain-text.ts';
import { ask, refuse } from '../ask.ts';
import { arg, flag, given, text, type CommandSpec } from '../command.ts';
import type { CommandContext } from '../io.ts';
import { projectRef } from '../refs.ts';
import { table } from '../table.ts';
import { byteSize, count, relativeTime } from '../words.ts';

const ofProject = { flags: '--project <project>', description: 'of one project' };

async function projectIdOf(
  context: CommandContext,
  options: Record<string, unknown>,
): Promise<{ projectId?: string }> {
  const name = text(options, 'project');
  return name === undefined ? {} : { projectId: (await projectRef(context, name)).id };
}

function worktreeTable(context: CommandContext, worktrees: readonly WorktreeEntry[]): string {
  const now = context.clock.now();
  return table(
    [
      { title: 'RUN', cell: (entry) => (entry.runNumber === null ? '-' : `#${String(entry.runNumber)}`) },
      { title: 'ID', cell: (entry) => entry.runId },
      { title: 'PROJECT', cell: (entry) => entry.projectName, flexible: true },
      {
        title: 'SIZE',
        cell: (entry) => `${entry.sizeWhole ? '' : '≥ '}${byteSize(entry.sizeBytes)}`,
        align: 'right',
      },
      { title: 'AGE', cell: (entry) => relativeTime(entry.createdAt, now) },
      {
        title: 'UNCOMMITTED',
        cell: (entry) => (entry.uncommitted === null ? '?' : entry.uncommitted ? 'yes' : 'no'),
      },
      { title: 'MAY', cell: (entry) => MAY[entry.advice] },
      { title: 'WHY', cell: (entry) => entry.why, flexible: true },
    ],
    worktrees,
    context.width,
    context.paint,
  );
}

const MAY: Record<WorktreeEntry['advice'], string> = {
  in_use: 'in use',
  remove: 'go',
  archive: 'go, archived',
  look: 'stay',
};

export const workspaceCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'List worktrees with size, age, and what may be done with them',
    examples: ['homer workspace', 'homer workspace list --project parser --json'],
    options: [ofProject],
    perform: async (context, _args, options) => {
      const list = await ask(context, 'workspace.list', await projectIdOf(context, options));
      const all = list.worktrees;
      const view =
        all.length === 0
          ? 'No worktrees.'
          : `${worktreeTable(context, all)}\n${count(all.length, 'worktree')}, ${byteSize(list.totalBytes)}`;
      return { json: list, text: list.shortage === null ? view : `${view}\n${plainText(list.shortage)}` };
    },
  },
  {
    usage: 'clean [id]',
    summary: 'Remove worktrees of ended runs and leftovers, all or one; uncommitted work is archived first',
    examples: ['homer workspace clean --dry-run', 'homer workspace clean --project parser --yes'],
    options: [ofProject, { flags: '--dry-run', description: 'only say what would be removed' }],
    perform: async (context, args, options) => {
      const request = { ...(await projectIdOf(context, options)), ...given({ runId: args[0] }) };
      const plan = await ask(context, 'workspace.clean', { ...request, dryRun: true });
      const [reason] = plan.kept;
      if (args[0] !== undefined && plan.removed.length === 0 && reason)
        return refuse({
          tag: 'worktree_in_use',
          message: `It stays. ${reason.why}`,
          hint: 'Decide on its run first, or look at the folder.',
        });
      const dry = flag(options, 'dryRun');
      if (dry || plan.removed.length === 0)
        return {
          json: plan,
          text:
            plan.removed.length === 0
              ? 'Nothing to remove.'
              : `${worktreeTable(context, plan.removed)}\n${byteSize(plan.freedBytes)} would be freed.`,
        };
      await context.confirm(
        `Remove ${count(plan.removed.length, 'worktree')} (${byteSize(plan.freedBytes)})?`,
      );
      const done = await ask(context, 'workspace.clean', request);
      const kept = done.kept.filter(({ runId }) => plan.removed.some((entry) => entry.runId === runId));
      return {
        json: done,
        text: [
          `${count(done.removed.length, 'worktree')} removed, ${byteSize(done.freedBytes)} freed.`,
          ...kept.map(({ runId, why }) => `${runId} stays: ${plainText(why)}`),
        ].join('\n'),
      };
    },
  },
  {
    usage: 'archives',
    summary: 'List the archived uncommitted work of removed worktrees',
    examples: ['homer workspace archives', 'homer workspace archives --json'],
    perform: async (context) => {
      const archives = await ask(context, 'archive.list', {});
      const now = context.clock.now();
      const view = table(
        [
          { title: 'RUN', cell: (entry) => (entry.runNumber === null ? '-' : `#${String(entry.runNumber)}`) },
          { title: 'ID', cell: (entry) => entry.id },
          { title: 'PROJECT', cell: (entry) => entry.projectName ?? '-', flexible: true },
          {
            title: 'FILES',
            cell: (entry) => (entry.files === null ? '?' : String(entry.files)),
            align: 'right',
          },
          { title: 'SIZE', cell: (entry) => byteSize(entry.sizeBytes), align: 'right' },
          { title: 'MADE', cell: (entry) => relativeTime(entry.createdAt, now) },
          { title: 'KEPT UNTIL', cell: (entry) => entry.expiresAt?.slice(0, 10) ?? 'for ever' },
        ],
        archives,
        context.width,
        context.paint,
      );
      return { json: archives, text: archives.length === 0 ? 'No archives.' : view };
    },
  },
  {
    usage: 'restore <archive>',
    summary: 'Bring archived work back as a new branch',
    examples: ['homer workspace restore 0190c8b2-6f00-7000-8000-00000000abcd --branch rescued'],
    options: [{ flags: '--branch <name>', description: 'what to call it' }],
    perform: async (context, args, options) => {
      const restored = await ask(context, 'archive.restore', {
        id: arg(args, 0),
        ...given({ branch: text(options, 'branch') }),
      });
      return {
        json: restored,
        text: `Restored to the branch ${plainText(restored.branch)} of ${plainText(restored.projectName)} (${restored.commit.slice(0, 12)}).`,
      };
    },
  },
];
