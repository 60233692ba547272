import { Command, CommanderError } from 'commander';
import { exitCode, type ContractFailure } from '../../../preload/contract/errors.ts';
import type { Clock } from '../../shared/clock.ts';
import { FailureError, messageOf } from '../../shared/result.ts';
import { codeOf } from '../access/owner-file.ts';
import type { Connection } from '../client/connection.ts';
import { plainText } from '../plain-text.ts';
import { refuse } from './ask.ts';
import type { CliHost } from './cli-host.ts';
import { addCommand, commonOptions, flag, text, type CommandSpec, type Options } from './command.ts';
import { accountCommands } from './commands/account.ts';
import { agentCommands } from './commands/agent.ts';
import { briefingCommand } from './commands/briefing.ts';
import { completionCommand } from './commands/completion.ts';
import { costCommands } from './commands/cost.ts';
import { dataCommands } from './commands/data.ts';
import { eventCommands } from './commands/event.ts';
import { exportCommands } from './commands/export.ts';
import { inboxCommands } from './commands/inbox.ts';
import { notificationCommands } from './commands/notification.ts';
import { goalCommands } from './commands/goal.ts';
import { hostCommands } from './commands/host.ts';
import { insightCommands } from './commands/insights.ts';
import { alertCommands, metricsCommands } from './commands/metrics.ts';
import { intentCommands } from './commands/intent.ts';
import { runEvidenceCommands } from './commands/evidence.ts';
import { mcpCommand } from './commands/mcp.ts';
import { permissionCommands } from './commands/permission.ts';
import { projectCommands } from './commands/project.ts';
import { projectRiskCommands, runRiskCommands } from './commands/risk.ts';
import { proposalCommands } from './commands/proposal.ts';
import { restoreCommand } from './commands/restore.ts';
import { runCommands } from './commands/run.ts';
import { searchCommand } from './commands/search.ts';
import { backupCommands, workerCommands } from './commands/worker.ts';
import { secretCommands } from './commands/secrets.ts';
import { workspaceCommands } from './commands/workspace.ts';
import type { CommandContext, InStream, OutStream } from './io.ts';
import { createPaint } from './paint.ts';
import { readHidden } from './read-hidden.ts';

export interface CliOptions extends CliHost {
  readonly version: string;
  readonly stdout: OutStream;
  readonly stderr: OutStream;
  readonly stdin: InStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Cli {
  /** Carries out one command line, without the program's own name; answers with the exit code and never throws. */
  run(argv: readonly string[]): Promise<number>;
}

/**
 * The `homer` command. With `--json`, standard output carries exactly one JSON document, and a failure is one JSON document on
 * standard error. Exit codes: 0 done, 2 wrong use, 66 not found, 69 cannot be reached, 70 a bug, 75 conflict, 130 interrupted, 1 the rest.
 */
export function createCli(options: CliOptions): Cli {
  // A reader that has seen enough (`homer run list | head`) is no failure. It may be noticed after a command has returned, so
  // the listeners stay as long as the streams do.
  const gone = new AbortController();
  const onError = (error: Error): void => {
    if (codeOf(error) !== 'EPIPE') throw error;
    gone.abort();
  };
  options.stdout.on('error', onError);
  options.stderr.on('error', onError);
  return { run: (argv) => runOnce(options, argv, gone.signal) };
}

async function runOnce(options: CliOptions, argv: readonly string[], gone: AbortSignal): Promise<number> {
  const { stdout, stderr, env } = options;
  let exit = 0;
  let connection: Promise<Connection> | undefined;
  let opened: Connection | undefined;
  let wroteHelp = '';
  const signal = AbortSignal.any([options.signal, gone]);
  const unwritten = new Set<Promise<void>>();
  const print = (stream: OutStream, line: string): void => {
    if (gone.aborted) return;
    const written = new Promise<void>((resolve) => {
      stream.write(line.endsWith('\n') ? line : `${line}\n`, () => {
        resolve();
      });
    });
    unwritten.add(written);
    void written.then(() => unwritten.delete(written));
  };

  const program = new Command('homer');
  const jsonAsked = argv.includes('--json');

  const perform = async (
    spec: CommandSpec,
    _command: Command,
    args: readonly string[],
    own: Options,
  ): Promise<void> => {
    const root = program.opts();
    const json = flag(own, 'json') || flag(root, 'json');
    const colour = own['color'] !== false && root['color'] !== false && !env['NO_COLOR'];
    const terminal = stdout.isTTY === true;
    const dataDir = text(own, 'data') ?? text(root, 'data');
    const context: CommandContext = {
      connection: () =>
        (connection ??= options
          .connect({ dataDir, existing: false })
          .then((result) => (opened = result.ok ? result.value : refuse(result.error as ContractFailure)))),
      json,
      width: terminal ? (stdout.columns ?? 80) : Number(env['COLUMNS'] ?? '') || Number.POSITIVE_INFINITY,
      terminal,
      paint: createPaint(terminal && !json && colour && env['TERM'] !== 'dumb'),
      clock: options.clock,
      dataDir,
      signal,
      say: (line) => {
        if (!json) print(stdout, line);
      },
      announce: (value, line) => {
        print(stdout, json ? JSON.stringify(value, null, 2) : line);
      },
      note: (line) => {
        if (!json && terminal && stderr.isTTY === true) print(stderr, line);
      },
      confirm: async (question) => {
        if (flag(own, 'yes') || flag(root, 'yes') || options.stdin.isTTY !== true || json) return;
        stderr.write(`${plainText(question)} [y/N] `);
        const answer = await firstLine(options.stdin);
        if (!/^y(?:es)?$/iu.test(answer))
          refuse({ tag: 'cancelled', message: 'Nothing was changed.', hint: 'Answer y, or add --yes.' });
      },
      readInput: () => readAll(options.stdin),
      readSecret: (question) => readHidden(options.stdin, stderr, question),
    };
    const answer = await spec.perform(context, args, own);
    exit = answer.exit ?? 0;
    if (options.signal.aborted && answer.untilStopped !== true) exit = 130;
    if (json) {
      if (answer.json !== undefined) print(stdout, JSON.stringify(answer.json, null, 2));
    } else if (answer.text !== '') print(stdout, answer.text);
  };

  build(program, options, perform, (line) => (wroteHelp += line));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    if (gone.aborted) exit = 0;
  } catch (error) {
    const outcome = failureOf(error);
    if (outcome === undefined) {
      // Help or the version was asked for.
      print(stdout, jsonAsked ? JSON.stringify({ help: wroteHelp.trimEnd() }, null, 2) : wroteHelp);
    } else {
      exit = options.signal.aborted ? 130 : exitCode(outcome.tag);
      print(stderr, jsonAsked ? JSON.stringify({ ok: false, error: outcome }) : sentence(outcome));
    }
  } finally {
    try {
      await opened?.close();
    } catch (error) {
      exit = exit === 0 ? 70 : exit;
      print(stderr, `homer: could not end cleanly: ${messageOf(error)}`);
    }
  }
  // A pipe takes what it is given later; leaving before would cut the answer.
  await Promise.all(unwritten);
  return exit;
}

function build(
  program: Command,
  options: CliOptions,
  perform: (spec: CommandSpec, command: Command, args: readonly string[], own: Options) => Promise<void>,
  help: (text: string) => void,
): void {
  // Set before any command is added: they inherit it.
  program
    .description('Finds work, asks once, runs it in isolated worktrees, and shows its proof.')
    .version(options.version, '-V, --version', 'show the version')
    .exitOverride()
    .configureOutput({
      writeOut: help,
      writeErr: help,
      outputError: () => undefined,
      getOutHelpWidth: () => 100,
    })
    .showSuggestionAfterError()
    .helpCommand(false);
  commonOptions(program);
  program.addHelpText(
    'after',
    '\nExamples:\n  $ homer project add .\n  $ homer inbox\n  $ homer proposal approve P-12\n  $ homer run watch 7\n\nWith --json every command answers with one JSON document.',
  );
  const groups: readonly (readonly [string, string, readonly CommandSpec[], string?])[] = [
    ['project', 'Repositories Homer works in', [...projectCommands, ...projectRiskCommands]],
    ['proposal', 'Work that was found or typed, until it is decided', proposalCommands],
    ['run', 'Work under way and done', [...runCommands, ...runEvidenceCommands, ...runRiskCommands]],
    ['intent', 'Work that runs at its times, on an event, or by hand', intentCommands],
    ['event', 'What happens elsewhere and starts intents', eventCommands],
    ['goal', 'What the work is for', goalCommands, 'list'],
    ['agent', 'Agent programs Homer works with', agentCommands, 'list'],
    ['workspace', 'Worktrees, and what was archived of them', workspaceCommands, 'list'],
    ['backup', 'Copies of the database', backupCommands, 'create'],
    ['data', 'What Homer keeps, and how it keeps it well', dataCommands, 'status'],
    ['account', 'Who pays for turns, and what is left of each window', accountCommands, 'list'],
    ['cost', 'What was used and what it cost', costCommands, 'today'],
    ['secrets', 'Tokens, keys and passwords, by name', secretCommands, 'list'],
    ['inbox', 'What needs you, first what blocks a running agent', inboxCommands, 'list'],
    ['permission', 'What agents ask to be allowed', permissionCommands, 'list'],
    ['notifications', 'What you were told, and how', notificationCommands, 'list'],
    ['alert', 'What keeps the runtime from its work', alertCommands, 'list'],
  ];
  for (const [name, summary, specs, standard] of groups) {
    const group = program.command(name).description(summary);
    const plural = alsoCalled[name];
    if (plural !== undefined) group.alias(plural);
    group.action((_own: unknown, command: Command) => unknownIn(command));
    group.allowExcessArguments();
    for (const spec of specs) addCommand(group, spec, perform);
    const first = specs.find((spec) => spec.usage === standard);
    if (first) {
      commonOptions(group);
      // What is typed after a command is that command's, though the group knows it too.
      group.enablePositionalOptions();
      for (const option of first.options ?? []) {
        const made = group.createOption(option.flags, option.description);
        if (option.parse) made.argParser(option.parse);
        group.addOption(made);
      }
      group.action((own: Options, command: Command) =>
        command.args.length ? unknownIn(command) : perform(first, command, [], own),
      );
    }
  }
  for (const spec of [
    ...workerCommands,
    ...metricsCommands,
    ...insightCommands,
    briefingCommand,
    ...hostCommands(options),
    mcpCommand(options),
    searchCommand,
    restoreCommand(options),
    ...exportCommands(options),
    completionCommand(() => program),
  ])
    addCommand(program, spec, perform);
}

/** What people type for a group besides its name. */
const alsoCalled: Readonly<Record<string, string>> = { goal: 'goals' };

function unknownIn(command: Command): void {
  const [word] = command.args;
  if (word === undefined) {
    command.outputHelp();
    throw new CommanderError(0, 'commander.help', '');
  }
  const names = command.commands.map((child) => child.name());
  const near = nearest(word, names);
  throw new CommanderError(
    1,
    'commander.unknownCommand',
    `error: unknown command '${word}'${near === undefined ? '' : `\n(Did you mean ${near}?)`}`,
  );
}

/** The name that takes the fewest single changes to type instead, when that is at most two. */
function nearest(word: string, names: readonly string[]): string | undefined {
  const scored = names.map((name) => ({ name, cost: distance(word, name) })).sort((a, b) => a.cost - b.cost);
  const best = scored[0];
  return best && best.cost <= 2 ? best.name : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

/** What went wrong, or undefined when help or the version was shown. */
function failureOf(error: unknown): ContractFailure | undefined {
  if (error instanceof FailureError) return error.failure as ContractFailure;
  if (error instanceof CommanderError) {
    if (
      error.code === 'commander.helpDisplayed' ||
      error.code === 'commander.version' ||
      error.code === 'commander.help'
    )
      return undefined;
    const [first = '', second] = error.message.split('\n');
    return {
      tag: 'usage',
      message: first
        .replace(/^error: /u, '')
        .replace(/^./u, (letter) => letter.toUpperCase())
        .replace(/\.?$/u, '.'),
      hint: second?.replace(/^\((.*)\)$/u, '$1') ?? 'Add --help to see how it is used.',
    };
  }
  return {
    tag: 'internal',
    message: `Something went wrong inside Homer: ${messageOf(error)}`,
    hint: 'This is a bug; `homer doctor` shows where the log is.',
  };
}

function sentence({ message, hint }: ContractFailure): string {
  return `homer: ${plainText(message)}${hint === undefined ? '' : `\n${plainText(hint)}`}`;
}

async function firstLine(stdin: InStream): Promise<string> {
  let textSoFar = '';
  for await (const chunk of stdin) {
    textSoFar += chunk.toString();
    if (textSoFar.includes('\n')) break;
  }
  return textSoFar.split('\n')[0]?.trim() ?? '';
}

async function readAll(stdin: InStream): Promise<string> {
  let textSoFar = '';
  for await (const chunk of stdin) textSoFar += chunk.toString();
  return textSoFar;
}
