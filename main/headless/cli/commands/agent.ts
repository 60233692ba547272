import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { messageOf } from '../../../shared/result.ts';
import { signedIn } from '../../../domain/account/signed-in.ts';
import { plainText } from '../../plain-text.ts';
import { ask, refuse } from '../ask.ts';
import { arg, flag, number, text, wholeNumber, type CommandSpec } from '../command.ts';
import { modelWords } from '../model-view.ts';
import { table } from '../table.ts';
import { count } from '../words.ts';

export const agentCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'Agent programs Homer knows, found or not, with their version and sign-in',
    examples: ['homer agent list', 'homer agent list --json'],
    perform: async (context) => {
      const executors = await ask(context, 'executor.list', {});
      const view = table(
        [
          { title: 'NAME', cell: ({ name }) => name },
          { title: 'PROGRAM', cell: ({ label }) => label },
          { title: 'VERSION', cell: ({ version }) => version ?? '' },
          { title: 'SIGN-IN', cell: (one) => (one.found ? signedIn.labels[one.signedIn] : '') },
          { title: 'NOTE', cell: ({ note }) => note, flexible: true },
        ],
        executors,
        context.width,
        context.paint,
      );
      return { json: executors, text: view };
    },
  },
  {
    usage: 'models <executor>',
    summary: 'The models an executor offers; other names its program knows work too',
    examples: ['homer agent models local', 'homer agent models codex --fresh --json'],
    options: [{ flags: '--fresh', description: 'ask anew, not what is known from a moment ago' }],
    perform: async (context, args, options) => {
      const list = await ask(context, 'agent.models', { name: arg(args, 0), fresh: flag(options, 'fresh') });
      return { json: list, text: modelWords(list, context) };
    },
  },
  {
    usage: 'check <file>',
    summary: 'Check a file that declares an agent program, and read recorded output by it; starts nothing',
    examples: [
      'homer agent check mine.json',
      'homer agent check mine.json --sample out.jsonl --stderr err.txt --exit 1',
    ],
    options: [
      { flags: '--sample <file>', description: 'what the program printed on standard output' },
      { flags: '--stderr <file>', description: 'what it printed on standard error' },
      { flags: '--exit <code>', description: 'the code it ended with; 0 by default', parse: wholeNumber(0) },
    ],
    perform: async (context, args, options) => {
      const path = arg(args, 0);
      const sample = text(options, 'sample');
      const stderr = text(options, 'stderr');
      const checked = await ask(context, 'agent.check', {
        file: basename(path),
        text: await read(path),
        stdout: sample === undefined ? '' : await read(sample),
        stderr: stderr === undefined ? '' : await read(stderr),
        exitCode: number(options, 'exit') ?? 0,
      });
      const head = `${plainText(checked.label)} (${checked.name}) is described well.`;
      if (sample === undefined && stderr === undefined)
        return {
          json: checked,
          text: `${head}\nTry it on output of the program with --sample, then put the file into the folder “agents” of the data folder and start Homer again.`,
        };
      const { ending, unread } = checked;
      const view = table(
        [
          { title: 'EVENT', cell: ({ type }) => type },
          { title: 'SAYS', cell: (event) => plainText(event.text), flexible: true },
        ],
        checked.events,
        context.width,
        context.paint,
      );
      const lines = [
        head,
        '',
        view,
        '',
        `Ends as ${ending.class}, task state ${ending.taskState}: ${plainText(ending.message.split('\n', 1)[0] ?? '')}`,
        `Session ${ending.sessionId ?? 'not told'}, model ${ending.model ?? 'not told'}; ${String(ending.tokensIn)} tokens in, ${String(ending.tokensCached)} from a cache, ${String(ending.tokensOut)} out.`,
        ...(unread.length === 0
          ? []
          : [
              `${count(unread.length, 'line')} no rule knows, the first: ${plainText(unread[0] ?? '').slice(0, 200)}`,
            ]),
      ];
      return { json: checked, text: lines.join('\n') };
    },
  },
];

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    return refuse({
      tag: 'invalid_input',
      message: `${path} cannot be read: ${messageOf(error)}`,
      hint: 'Give the path of a file.',
    });
  }
}
