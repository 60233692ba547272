import { jsonObjectSchema } from '../../../domain/primitives.ts';
import { plainText } from '../../plain-text.ts';
import { ask, refuse } from '../ask.ts';
import { arg, given, number, text, wholeNumber, type CommandSpec } from '../command.ts';
import { table } from '../table.ts';
import { count, relativeTime, statusText } from '../words.ts';

export const eventCommands: readonly CommandSpec[] = [
  {
    usage: 'fire <name>',
    summary: 'Fire a named event for the intents that wait for it',
    examples: [
      'homer event fire nightly-build-failed',
      `homer event fire upload --key 4711 --payload '{"file":"a.csv"}'`,
    ],
    options: [
      { flags: '--payload <json>', description: 'a JSON object that the run is told' },
      { flags: '--key <key>', description: 'the same key a second time changes nothing' },
    ],
    perform: async (context, args, options) => {
      const payload = text(options, 'payload');
      const fired = await ask(context, 'event.fire', {
        name: arg(args, 0),
        ...given({ key: text(options, 'key'), payload: payload === undefined ? undefined : read(payload) }),
      });
      const runs = fired.started
        .map((run) => `#${String(run.number)} ${statusText(run.status).text}`)
        .join(', ');
      return {
        json: fired,
        text: !fired.fired
          ? 'An event with this name and key came before; nothing was started.'
          : fired.awaiting === 0
            ? 'No intent waits for this event.'
            : `${count(fired.awaiting, 'intent')} waited for it. ${runs === '' ? 'Nothing was started at once.' : `Started: ${runs}.`}`,
      };
    },
  },
  {
    usage: 'list',
    summary: 'List events, newest first',
    examples: ['homer event list', 'homer event list --name upload --json'],
    options: [
      { flags: '--name <name>', description: 'of one name' },
      { flags: '--limit <n>', description: 'at most; 50 by default', parse: wholeNumber(1) },
    ],
    perform: async (context, _args, options) => {
      const events = await ask(context, 'event.list', {
        limit: number(options, 'limit') ?? 50,
        ...given({ name: text(options, 'name') }),
      });
      const now = context.clock.now();
      const view =
        events.length === 0
          ? 'No events.'
          : table(
              [
                { title: 'WHEN', cell: (event) => relativeTime(event.at, now) },
                { title: 'EVENT', cell: (event) => plainText(event.name), flexible: true },
                { title: 'STARTED', cell: (event) => count(event.started, 'run') },
                { title: 'KEY', cell: (event) => event.key ?? '-', flexible: true },
              ],
              events,
              context.width,
              context.paint,
            );
      return { json: events, text: view };
    },
  },
];

function read(payload: string): Record<string, ReturnType<typeof jsonObjectSchema.parse>[string]> {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const parsed = jsonObjectSchema.safeParse(value);
  return parsed.success
    ? parsed.data
    : refuse({
        tag: 'usage',
        message: 'The payload is no JSON object.',
        hint: `Write it as '{"name":"value"}'.`,
      });
}
