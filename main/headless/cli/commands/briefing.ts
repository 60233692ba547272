import { briefingText } from '../../../../preload/contract/briefing-text.ts';
import { ask } from '../ask.ts';
import { flag, text, type CommandSpec } from '../command.ts';
import { projectRef } from '../refs.ts';
import { table } from '../table.ts';
import { count, relativeTime } from '../words.ts';

export const briefingCommand: CommandSpec = {
  usage: 'briefing [day]',
  summary: 'What the night came to: what happened, what waits, what it cost, what failed, what comes',
  examples: [
    'homer briefing',
    'homer briefing 2026-11-21 --json',
    'homer briefing --list',
    'homer briefing > briefing.md',
  ],
  options: [
    { flags: '--project <project>', description: 'only one project' },
    { flags: '--list', description: 'the briefings there are' },
    { flags: '--read', description: 'mark it as read' },
  ],
  perform: async (context, [day = 'newest'], options) => {
    const project = text(options, 'project');
    const of = project === undefined ? {} : { projectId: (await projectRef(context, project)).id };
    if (flag(options, 'list')) {
      const list = await ask(context, 'briefing.list', of);
      const now = context.clock.now();
      const view = table(
        [
          { title: 'DAY', cell: (line) => line.day },
          { title: 'RUNS', cell: (line) => String(line.runs), align: 'right' },
          { title: 'FAILED', cell: (line) => String(line.failed), align: 'right' },
          { title: 'FOUND', cell: (line) => count(line.found, 'idea'), align: 'right' },
          {
            title: 'READ',
            cell: (line) => (line.open ? 'so far' : relativeTime(line.readAt, now)),
          },
        ],
        list.briefings,
        context.width,
        context.paint,
      );
      return {
        json: list,
        text: `${view}\n\nA briefing goes from ${list.morning} to ${list.morning} in ${list.zone}.`,
      };
    }
    const briefing = await ask(context, 'briefing.get', { day, ...of });
    const readAt = flag(options, 'read')
      ? (await ask(context, 'briefing.read', { day: briefing.day })).readAt
      : briefing.readAt;
    return { json: { ...briefing, readAt }, text: briefingText(briefing).trimEnd() };
  },
};
