import { plainText } from '../../plain-text.ts';
import { ask, refuse } from '../ask.ts';
import { arg, flag, given, text, type CommandSpec } from '../command.ts';
import { operations, isOperationName } from '../../../../preload/contract/operations.ts';
import { projectRef } from '../refs.ts';
import { fields, table } from '../table.ts';
import { byteSize, count, duration, relativeTime } from '../words.ts';

export const backupCommands: readonly CommandSpec[] = [
  {
    usage: 'create',
    summary: 'Copy the database while it is in use, and check the copy',
    examples: ['homer backup', 'homer backup create --json'],
    perform: async (context) => {
      const made = await ask(context, 'backup.create', {});
      return {
        json: made,
        text: `${plainText(made.path)} (${byteSize(made.bytes)}, ${duration(made.durationMs)})`,
      };
    },
  },
  {
    usage: 'list',
    summary: 'List backups, newest first',
    examples: ['homer backup list'],
    perform: async (context) => {
      const all = await ask(context, 'backup.list', {});
      const now = context.clock.now();
      const view = all.length
        ? table(
            [
              { title: 'MADE', cell: (backup) => relativeTime(backup.createdAt, now) },
              { title: 'SIZE', cell: (backup) => byteSize(backup.bytes), align: 'right' },
              { title: 'WHY', cell: (backup) => backup.reason },
              {
                title: 'HOMER',
                cell: ({ holds }) => plainText(holds === null ? 'unreadable' : (holds.version ?? '')),
              },
              { title: 'RUNS', cell: ({ holds }) => String(holds?.runs ?? ''), align: 'right' },
              { title: 'PATH', cell: (backup) => backup.path, flexible: true },
            ],
            all,
            context.width,
            context.paint,
          )
        : 'No backups yet. `homer backup` makes one.';
      return { json: all, text: view };
    },
  },
];

export const workerCommands: readonly CommandSpec[] = [
  {
    usage: 'status',
    summary: 'What runs, what waits, and what needs you',
    examples: ['homer status', 'homer status --json'],
    perform: async (context) => {
      const overview = await ask(context, 'overview.get', {});
      const worker = await ask(context, 'worker.status', {});
      const view = fields(
        [
          ['Needs you', count(overview.needsYou, 'decision')],
          ['Running', `${String(overview.running)} of at most ${String(worker.limit)}`],
          ['Queued', String(overview.queued)],
          ['Paused', String(overview.paused)],
          ['Held', overview.heldAll ? 'everything; `homer hold --off` lets it go on' : null],
          ['Ideas', String(overview.ideas)],
          ['Projects', String(overview.projects)],
          ['Next due', relativeTime(overview.nextDueAt, context.clock.now())],
        ],
        context.paint,
      );
      const problems = overview.problems.map((problem) =>
        context.paint('red', `${plainText(problem.message)} ${plainText(problem.hint)}`),
      );
      return { json: { ...overview, worker }, text: [view, ...problems].join('\n') };
    },
  },
  {
    usage: 'discover',
    summary: 'Look for work now',
    examples: ['homer discover', 'homer discover --project parser --dry-run'],
    options: [
      { flags: '--project <project>', description: 'in one project' },
      { flags: '--dry-run', description: 'show what would be proposed, keep nothing' },
    ],
    perform: async (context, _args, options) => {
      const ref = text(options, 'project');
      const dryRun = flag(options, 'dryRun');
      context.note(
        'Looking for work. Projects with a test command are set up and tested once; that takes its time.',
      );
      const result = await ask(context, 'source.check', {
        dryRun,
        ...given({ projectId: ref === undefined ? undefined : (await projectRef(context, ref)).id }),
      });
      const found = result.found.length
        ? `${table(
            [
              { title: 'REL', cell: (signal) => String(signal.relevance), align: 'right' },
              { title: 'NEW', cell: (signal) => (signal.fresh ? 'new' : 'known') },
              { title: 'TITLE', cell: (signal) => signal.title, flexible: true },
              { title: 'WHERE', cell: (signal) => signal.sourceRef, flexible: true },
            ],
            result.found,
            context.width,
            context.paint,
          )}\n`
        : '';
      const failures = result.failures.map((failure) =>
        context.paint('red', plainText(`${failure.projectName}: ${failure.message}`)),
      );
      const end = dryRun ? 'Nothing was kept (dry run).' : `${count(result.created, 'new proposal')}.`;
      return {
        json: result,
        text: [`${found}${end}`, ...failures].join('\n'),
        exit: failures.length ? 1 : 0,
      };
    },
  },
  {
    usage: 'flag [key] [value]',
    summary: 'List settings of the runtime, show one, or change it',
    examples: ['homer flag', 'homer flag runtime.tick_interval_ms 30000'],
    perform: async (context, args) => {
      const key = arg(args, 0);
      const value = args[1];
      if (value !== undefined) {
        const set = await ask(context, 'flag.set', { key, value });
        return { json: set, text: `${plainText(set.key)} = ${plainText(set.value)}` };
      }
      const all = await ask(context, 'flag.list', {});
      if (key === '') {
        const view = table(
          [
            { title: 'KEY', cell: (row) => row.key },
            {
              title: 'VALUE',
              cell: (row) =>
                row.value === row.defaultValue ? row.value : { text: row.value, style: 'bold' },
            },
            { title: 'MEANING', cell: (row) => row.description, flexible: true },
          ],
          all,
          context.width,
          context.paint,
        );
        return { json: all, text: view };
      }
      const one = all.find((row) => row.key === key);
      if (!one)
        return refuse({
          tag: 'not_found',
          message: `There is no setting ${key}.`,
          hint: '`homer flag` lists them.',
        });
      return { json: one, text: plainText(one.value) };
    },
  },
  {
    usage: 'hold',
    summary: 'Pause everything, or let it go on',
    examples: ['homer hold', 'homer hold --off'],
    options: [{ flags: '--off', description: 'let it go on' }],
    perform: async (context, _args, options) => {
      const overview = await ask(context, 'worker.hold', { held: !flag(options, 'off') });
      return { json: overview, text: overview.heldAll ? 'Everything is held.' : 'Work goes on.' };
    },
  },
  {
    usage: 'tick',
    summary: 'Look for due work now',
    examples: ['homer tick'],
    perform: async (context) => {
      const done = await ask(context, 'worker.process', {});
      return {
        json: done,
        text: `${count(done.fired, 'trigger')} fired, ${count(done.claimed, 'run')} claimed.`,
      };
    },
  },
  {
    usage: 'doctor',
    summary: 'Check what Homer needs; exit code 0 only when nothing is broken',
    examples: ['homer doctor', 'homer doctor --full --json'],
    options: [{ flags: '--full', description: 'read every page of the database too' }],
    perform: async (context, _args, options) => {
      const report = await ask(context, 'doctor.get', { full: flag(options, 'full') });
      const look = {
        ok: ['✓ ok', 'green'],
        warning: ['! warning', 'yellow'],
        error: ['✗ error', 'red'],
      } as const;
      const view = report.checks
        .map((check) => {
          const [word, style] = look[check.status];
          const hint = check.hint === null ? '' : `\n    ${plainText(check.hint)}`;
          return `${context.paint(style, word)}  ${plainText(check.name)}: ${plainText(check.detail)}${hint}`;
        })
        .join('\n');
      return { json: report, text: view, exit: report.ok ? 0 : 1 };
    },
  },
  {
    usage: 'call <operation> [input]',
    summary: 'Call any operation of the contract with JSON input (`-` reads it from standard input)',
    examples: ['homer call run.list \'{"filter":"active"}\'', 'echo "{}" | homer call executor.list -'],
    perform: async (context, args) => {
      const name = arg(args, 0);
      if (!isOperationName(name))
        return refuse({
          tag: 'unknown_operation',
          message: `There is no operation ${JSON.stringify(name)}.`,
          hint: `Possible: ${Object.keys(operations).join(', ')}.`,
        });
      const given = args[1] === '-' ? await context.readInput() : (args[1] ?? '{}');
      let input: never;
      try {
        input = JSON.parse(given) as never;
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        return refuse({
          tag: 'invalid_input',
          message: `The input is not valid JSON: ${error.message}`,
          hint: 'Quote it for the shell, such as \'{"filter": "active"}\'.',
        });
      }
      const value = await ask(context, name, input);
      return { json: value, text: plainText(JSON.stringify(value, null, 2)) };
    },
  },
];
