import type { ContractFailure } from '../../../../preload/contract/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { plainText } from '../../plain-text.ts';
import { refuse } from '../ask.ts';
import type { CliHost } from '../cli-host.ts';
import { arg, type CommandSpec } from '../command.ts';
import { count } from '../words.ts';

function unwrapped<T>(result: Result<T>): T {
  return result.ok ? result.value : refuse(result.error as ContractFailure);
}

function total(rows: Readonly<Record<string, number>>): string {
  return count(
    Object.values(rows).reduce((sum, more) => sum + more, 0),
    'row',
  );
}

export function exportCommands(host: CliHost): CommandSpec[] {
  return [
    {
      usage: 'export [file]',
      summary: 'Write everything as JSON lines, without secrets; to standard output without a file',
      examples: ['homer export homer.jsonl', 'homer export - | gzip >homer.jsonl.gz'],
      perform: async (context, args) => {
        const file = arg(args, 0);
        const toStdout = file === '' || file === '-';
        const { path, schema, rows } = unwrapped(
          await host.exportData({ dataDir: context.dataDir, file: toStdout ? null : file }),
        );
        return {
          json: toStdout ? undefined : { path, schema, rows },
          text: toStdout ? '' : `${plainText(path ?? '')} (${total(rows)}, schema ${String(schema)})`,
        };
      },
    },
    {
      usage: 'import <file>',
      summary: 'Make the database of an empty data folder from an export, all of it or nothing',
      examples: ['homer import homer.jsonl --data ~/homer-copy'],
      perform: async (context, args) => {
        const imported = unwrapped(await host.importData({ dataDir: context.dataDir, file: arg(args, 0) }));
        return {
          json: imported,
          text: `${total(imported.rows)} imported, schema ${String(imported.schema)}. What was at work in it is paused by the next start.`,
        };
      },
    },
  ];
}
