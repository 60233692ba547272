import type { ContractFailure } from '../../../../preload/contract/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { refuse, valueOf } from '../ask.ts';
import { flag, number, text, wholeNumber, type CommandSpec } from '../command.ts';
import type { CliHost } from '../cli-host.ts';
import { logLine, parsedLine } from '../log-line.ts';

function unwrapped<T>(result: Result<T>): T {
  return result.ok ? result.value : refuse(result.error as ContractFailure);
}

/** Commands about Homer itself rather than its work. */
export function hostCommands(host: CliHost): CommandSpec[] {
  return [
    {
      usage: 'serve',
      summary: 'Serve the dashboard and the REST API on this machine until Ctrl-C',
      examples: ['homer serve', 'homer serve --port 8080 --no-open'],
      options: [
        {
          flags: '--port <n>',
          description: 'port; 7717 or the next free one by default, 0 for any',
          parse: wholeNumber(0),
        },
        { flags: '--host <address>', description: 'address; 127.0.0.1 by default' },
        { flags: '--allow-remote', description: 'let --host be reached by other machines' },
        { flags: '--allow-host <names>', description: 'more host names to answer to, with commas' },
        { flags: '--no-open', description: 'do not open the browser' },
      ],
      perform: async (context, _args, options) => {
        let where: { url: string; port: number; dataDir: string } | undefined;
        unwrapped(
          await host.serve({
            dataDir: context.dataDir,
            port: number(options, 'port'),
            host: text(options, 'host'),
            allowRemote: flag(options, 'allowRemote'),
            allowedHosts: (text(options, 'allowHost') ?? '').split(',').filter(Boolean),
            openBrowser: options['open'] !== false && context.terminal && !context.json,
            signal: context.signal,
            announce: (info) => {
              where = info;
              context.announce(
                info,
                `${info.damaged === null ? '' : `${info.damaged}\nHomer is in safe mode: the dashboard says what can be done, and goes back to a backup.\n`}Homer is at ${info.url}\nThe link signs in one browser, once, within ten minutes; \`homer open\` makes a new one. Ctrl-C stops.`,
              );
            },
          }),
        );
        return { json: undefined, text: where ? 'Stopped.' : '', untilStopped: true };
      },
    },
    {
      usage: 'open',
      summary: 'Open the dashboard of the running Homer with a fresh link',
      examples: ['homer open', 'homer open --print'],
      options: [{ flags: '--print', description: 'print the link, open nothing' }],
      perform: async (context, _args, options) => {
        const connection = unwrapped(await host.connect({ dataDir: context.dataDir, existing: true }));
        try {
          const { url } = valueOf(await connection.dashboardUrl());
          if (flag(options, 'print') || context.json) return { json: { url }, text: url };
          const opened = await host.openBrowser(url);
          return { json: { url }, text: opened.ok ? `Opened ${url}` : `Open this in a browser: ${url}` };
        } finally {
          await connection.close();
        }
      },
    },
    {
      usage: 'demo',
      summary: 'Do the whole job once, in a small project made for it, without a person',
      examples: ['homer demo', 'homer demo --json'],
      perform: async (context) => {
        const result = unwrapped(
          await host.demo({ dataDir: context.dataDir, signal: context.signal, progress: context.say }),
        );
        return { json: result.report, text: result.summary, exit: result.passed ? 0 : 1 };
      },
    },
    {
      usage: 'logs',
      summary: 'Show the newest lines of the log',
      examples: ['homer logs', 'homer logs --follow', 'homer logs --lines 500 --json'],
      options: [
        { flags: '-n, --lines <n>', description: 'how many; 50 by default', parse: wholeNumber(1) },
        { flags: '-f, --follow', description: 'go on with each new line until Ctrl-C' },
      ],
      perform: async (context, _args, options) => {
        const follow = flag(options, 'follow');
        const lines: unknown[] = [];
        unwrapped(
          await host.readLog({
            dataDir: context.dataDir,
            lines: number(options, 'lines') ?? 50,
            follow,
            signal: context.signal,
            line: (line) => {
              if (context.json && follow) context.say(line);
              else if (context.json) lines.push(parsedLine(line));
              else context.say(logLine(line, context.paint));
            },
          }),
        );
        return {
          json: follow ? undefined : lines,
          text: '',
          ...(follow ? { untilStopped: true as const } : {}),
        };
      },
    },
    {
      usage: 'token',
      summary: 'Print the token of the REST API',
      examples: [
        'curl -H "Authorization: Bearer $(homer token)" http://127.0.0.1:7717/runs',
        'homer token --renew',
      ],
      options: [
        { flags: '--renew', description: 'make a new one; the old one is refused from the next start' },
      ],
      perform: async (context, _args, options) => {
        const token = unwrapped(host.apiToken({ dataDir: context.dataDir, renew: flag(options, 'renew') }));
        return Promise.resolve({ json: { token }, text: token });
      },
    },
  ];
}
