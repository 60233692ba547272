import { resolve } from 'node:path';
import { riskProfile } from '../../../domain/risk/gate.ts';
import { plainText } from '../../plain-text.ts';
import { ask } from '../ask.ts';
import {
  arg,
  given,
  number,
  oneOf,
  text,
  wholeNumber,
  type CommandSpec,
  type Options,
  type OptionSpec,
} from '../command.ts';
import { projectRef } from '../refs.ts';
import { fields } from '../table.ts';
import { evidenceLine, projectTable } from '../views.ts';
import { schemaOf } from '../../../domain/list-schema.ts';

const settings: readonly OptionSpec[] = [
  { flags: '--name <name>', description: 'what to call it' },
  { flags: '--test-command <command>', description: 'decides whether a step passed, by its exit code' },
  { flags: '--setup-command <command>', description: 'prepares a fresh worktree' },
  { flags: '--shell-command <command>', description: 'what the shell executor runs' },
  { flags: '--risk <profile>', description: riskProfile.values.join(', '), parse: oneOf(riskProfile.values) },
  {
    flags: '--max-runs <count>',
    description: 'how many of its runs work at once, 1 to 32; 0 for what runtime.max_runs_per_project says',
    parse: wholeNumber(0),
  },
  {
    flags: '--planner <name>',
    description:
      'who writes its plans: auto, template, command, an executor; "" for what planner.executor says',
  },
];

/** Null gives the project no limit of its own. */
function maxRuns(options: Options): number | null | undefined {
  const count = number(options, 'maxRuns');
  return count === 0 ? null : count;
}

export const projectCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'List projects',
    examples: ['homer project list', 'homer project list --json'],
    perform: async (context) => {
      const projects = await ask(context, 'project.list', {});
      return { json: projects, text: projectTable(context, projects) };
    },
  },
  {
    usage: 'add [path]',
    summary: 'Add a git repository; the folder you are in by default',
    examples: ['homer project add', 'homer project add ~/code/parser --test-command "npm test"'],
    options: settings,
    perform: async (context, args, options) => {
      const project = await ask(context, 'project.add', {
        path: resolve(arg(args, 0) || '.'),
        ...given({
          name: text(options, 'name'),
          testCommand: text(options, 'testCommand'),
          setupCommand: text(options, 'setupCommand'),
          shellCommand: text(options, 'shellCommand'),
          riskProfile: schemaOf(riskProfile).optional().parse(text(options, 'risk')),
          maxRuns: maxRuns(options),
          planner: text(options, 'planner'),
        }),
      });
      context.note(`Next: homer discover --project ${JSON.stringify(project.name)}`);
      return { json: project, text: `Added ${plainText(project.name)} (${plainText(project.localPath)}).` };
    },
  },
  {
    usage: 'show <project>',
    summary: 'Show one project',
    examples: ['homer project show parser'],
    perform: async (context, args) => {
      const project = await projectRef(context, arg(args, 0));
      const view = fields(
        [
          ['Name', project.name],
          ['Id', project.id],
          ['Path', project.localPath],
          ['Problem', project.problem],
          ['Branch', project.defaultBranch],
          ['Tests', project.testCommand || 'none'],
          ['Setup', project.setupCommand],
          ['Shell command', project.shellCommand],
          ['Executor', project.defaultExecutor],
          ['Risk profile', riskProfile.labels[project.riskProfile]],
          ['Runs at once', project.maxRuns === null ? 'as in the settings' : String(project.maxRuns)],
          ['Planner', project.planner || 'as in the settings'],
          ['Denied paths', project.pathPolicy.deny.join(' ')],
          ['Open proposals', String(project.openProposals)],
          ['Active runs', String(project.activeRuns)],
        ],
        context.paint,
      );
      return { json: project, text: view };
    },
  },
  {
    usage: 'update <project>',
    summary: 'Change the settings of a project',
    examples: [
      'homer project update parser --test-command "make check"',
      'homer project update parser --max-runs 2',
    ],
    options: [
      ...settings,
      { flags: '--branch <branch>', description: 'branch results are applied to' },
      { flags: '--executor <name>', description: 'executor of its runs; auto: by the kind of task' },
      {
        flags: '--test-timeout <seconds>',
        description: 'time limit of the tests, and of setup',
        parse: wholeNumber(1),
      },
    ],
    perform: async (context, args, options) => {
      const { id, version } = await projectRef(context, arg(args, 0));
      const seconds = number(options, 'testTimeout');
      const project = await ask(context, 'project.update', {
        id,
        version,
        settings: given({
          name: text(options, 'name'),
          testCommand: text(options, 'testCommand'),
          setupCommand: text(options, 'setupCommand'),
          shellCommand: text(options, 'shellCommand'),
          riskProfile: schemaOf(riskProfile).optional().parse(text(options, 'risk')),
          maxRuns: maxRuns(options),
          planner: text(options, 'planner'),
          defaultBranch: text(options, 'branch'),
          defaultExecutor: text(options, 'executor'),
          testTimeoutMs: seconds === undefined ? undefined : seconds * 1000,
        }),
      });
      return { json: project, text: `Changed ${plainText(project.name)}.` };
    },
  },
  {
    usage: 'remove <project>',
    summary: 'Forget a project; the repository itself is not touched',
    examples: ['homer project remove parser --yes'],
    perform: async (context, args) => {
      const { id, version, name } = await projectRef(context, arg(args, 0));
      await context.confirm(`Forget ${name} and its proposals?`);
      const gone = await ask(context, 'project.remove', { id, version });
      return { json: gone, text: `Forgot ${plainText(name)}. The repository is as it was.` };
    },
  },
  {
    usage: 'inspect [path]',
    summary: 'Look at a folder without adding it',
    examples: ['homer project inspect .'],
    perform: async (context, args) => {
      const seen = await ask(context, 'project.inspect', { path: resolve(arg(args, 0) || '.') });
      const view = fields(
        [
          ['Repository', seen.path],
          ['Name', seen.name],
          ['Branch', seen.defaultBranch],
          ['Head', seen.headCommit],
          ['Uncommitted', seen.dirty ? 'yes' : 'no'],
          ['Tests', seen.testCommand || 'none found'],
          ['Setup', seen.setupCommand || 'none found'],
          ['Warnings', seen.warnings.join(' ')],
        ],
        context.paint,
      );
      return { json: seen, text: view };
    },
  },
  {
    usage: 'check-tests <project>',
    summary: 'Run setup and tests in a fresh worktree; exit code 0 only when they pass',
    examples: ['homer project check-tests parser'],
    perform: async (context, args) => {
      const { id } = await projectRef(context, arg(args, 0));
      const evidence = await ask(context, 'project.checkTests', { id });
      return {
        json: evidence,
        text: `${plainText(evidence.output).trimEnd()}\n${evidenceLine(evidence)}`.trimStart(),
        exit: evidence.exitCode === 0 ? 0 : 1,
      };
    },
  },
  {
    usage: 'demo',
    summary: 'Make the demo project and add it',
    examples: ['homer project demo && homer discover'],
    perform: async (context) => {
      const project = await ask(context, 'project.addDemo', {});
      return { json: project, text: `The demo project is at ${plainText(project.localPath)}.` };
    },
  },
];
