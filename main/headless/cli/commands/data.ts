import { upkeepTask } from '../../../domain/upkeep/task.ts';
import { plainText } from '../../plain-text.ts';
import { ask } from '../ask.ts';
import type { CommandSpec } from '../command.ts';
import { fields, table } from '../table.ts';
import { byteSize, count, relativeTime } from '../words.ts';

export const dataCommands: readonly CommandSpec[] = [
  {
    usage: 'status',
    summary: 'How big the data is, when it was backed up and checked, and what retention would free',
    examples: ['homer data status', 'homer data status --json'],
    perform: async (context) => {
      const status = await ask(context, 'data.status', {});
      const now = context.clock.now();
      const { sizes, retention } = status;
      const view = fields(
        [
          ['Folder', plainText(status.folder)],
          ['Database', `${byteSize(sizes.database)}, of it free ${byteSize(sizes.free)}`],
          ['Write-ahead log', byteSize(sizes.writeAheadLog)],
          ['Raw output', byteSize(sizes.rawOutput)],
          ['Backups', byteSize(sizes.backups)],
          ['Logs', byteSize(sizes.logs)],
          ['Archives', byteSize(sizes.archives)],
          ['Set aside', sizes.setAside === 0 ? null : byteSize(sizes.setAside)],
          ...status.upkeep.map(({ task, lastDoneAt, error }): [string, string] => [
            upkeepTask.labels[task],
            `${lastDoneAt === null ? 'not yet' : relativeTime(lastDoneAt, now)}${error === null ? '' : `; failed since: ${plainText(error)}`}`,
          ]),
          [
            'Retention would free',
            `${count(retention.runEvents, 'run event')}, ${count(retention.domainEvents, 'domain event')}, ${byteSize(retention.outputBytes)} of raw output`,
          ],
        ],
        context.paint,
      );
      const rows = table(
        [
          { title: 'TABLE', cell: (row) => row.name },
          { title: 'ROWS', cell: (row) => String(row.rows), align: 'right' },
        ],
        status.tables,
        context.width,
        context.paint,
      );
      return { json: status, text: `${view}\n\n${rows}` };
    },
  },
];
