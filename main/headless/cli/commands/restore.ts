import type { ContractFailure } from '../../../../preload/contract/errors.ts';
import { plainText } from '../../plain-text.ts';
import { refuse } from '../ask.ts';
import type { CliHost, RestorePlan } from '../cli-host.ts';
import { arg, flag, type CommandSpec } from '../command.ts';
import { fields } from '../table.ts';
import { restoreByHost } from './restore-by-host.ts';
import { count, duration } from '../words.ts';

export function restoreCommand(host: CliHost): CommandSpec {
  return {
    usage: 'restore [backup]',
    summary: 'Go back to a backup; the present database is set aside, never deleted',
    examples: [
      'homer restore --newest',
      'homer restore homer-2026-01-31T09-00-00-000Z-scheduled.sqlite --yes',
    ],
    options: [{ flags: '--newest', description: 'the newest backup that passes the full check' }],
    perform: async (context, args, options) => {
      const chosen = arg(args, 0);
      if ((chosen === '') !== flag(options, 'newest'))
        return refuse({
          tag: 'usage',
          message: 'Name one backup, or say --newest.',
          hint: '`homer backup list` shows what there is.',
        });
      const result = await host.restore({
        dataDir: context.dataDir,
        chosen: chosen === '' ? null : chosen,
        confirm: async (plan) => {
          context.say(describe(plan));
          await context.confirm('Set the present database aside and go back to this backup?');
        },
      });
      // One that runs holds the data folder, and goes back by itself.
      if (!result.ok && result.error.tag === 'other_instance') return restoreByHost(context, chosen);
      if (!result.ok) return refuse(result.error as ContractFailure);
      const report = result.value;
      const view = fields(
        [
          ['Restored', plainText(report.from)],
          ['Set aside', report.setAside === null ? null : plainText(report.setAside)],
          [
            'Paused',
            report.paused === 0
              ? null
              : `${count(report.paused, 'run')}: look whether each was done since, then resume or stop it`,
          ],
          [
            'Schedules',
            report.rescheduled === 0
              ? null
              : `${count(report.rescheduled, 'schedule')} go on from now; the times in between are skipped`,
          ],
          [
            'Agents',
            report.ended === 0
              ? null
              : `${String(report.ended)} of their processes were still at work and were ended`,
          ],
          ['Took', duration(report.durationMs)],
        ],
        context.paint,
      );
      return { json: report, text: view };
    },
  };
}

/** What is there, what comes back, and so what is lost. */
function describe({ from, madeAt, backup, present, refused }: RestorePlan): string {
  const lines = [
    `Backup: ${plainText(from)}${madeAt === null ? '' : `, made ${madeAt}`}`,
    `  ${figures(backup)}`,
    present === null
      ? 'The present database is not there or cannot be read; what was done after the backup is lost.'
      : `Present: ${figures(present)}`,
    ...refused.map(({ path, fault }) => `Not good: ${plainText(path)}: ${plainText(fault)}`),
  ];
  if (present !== null) {
    const lost = (present.newest?.seq ?? 0) - (backup.newest?.seq ?? 0);
    lines.push(
      lost > 0
        ? `Lost: ${count(lost, 'change')}, all after ${backup.newest?.at ?? 'the beginning'}.`
        : 'Nothing would be lost.',
    );
  }
  return lines.join('\n');
}

function figures({ proposals, runs, decisions, newest }: RestorePlan['backup']): string {
  return `${count(proposals, 'proposal')}, ${count(runs, 'run')}, ${count(decisions, 'decision')}, newest change ${newest?.at ?? 'none'}`;
}
