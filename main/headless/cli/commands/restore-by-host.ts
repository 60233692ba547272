import type { RestorePreview } from '../../../../preload/contract/backup.ts';
import { plainText } from '../../plain-text.ts';
import { ask, refuse } from '../ask.ts';
import type { Answer, CommandContext } from '../io.ts';
import { fields } from '../table.ts';
import { count } from '../words.ts';

/** Goes back to a backup by the Homer that runs. `chosen`: its name or path among the backups; empty: the newest that is good. */
export async function restoreByHost(context: CommandContext, chosen: string): Promise<Answer> {
  const all = await ask(context, 'backup.list', {});
  const named = all.filter(({ name, path }) => chosen === '' || chosen === name || chosen === path);
  let good: RestorePreview | undefined;
  const refused: string[] = [];
  for (const { name } of named) {
    const preview = await ask(context, 'backup.preview', { backup: name });
    if (preview.fault === null) {
      good = preview;
      break;
    }
    refused.push(`${name}: ${preview.fault}`);
  }
  if (!good)
    return refuse({
      tag: refused.length > 0 ? 'backup_damaged' : 'not_found',
      message:
        refused.length > 0
          ? `No backup can be restored: ${refused[0] ?? ''}.`
          : `There is no backup ${chosen} among those of the running Homer.`,
      hint: '`homer backup list` shows what there is; a backup from elsewhere is restored while no Homer runs.',
    });
  context.say(describe(good, refused));
  await context.confirm('Back up what there is now, and go back to this backup?');
  const done = await ask(context, 'backup.restore', { backup: good.backup.name });
  return {
    json: done,
    text: fields(
      [
        ['Restored', plainText(done.from)],
        ['Backed up before', plainText(done.kept)],
        ['Set aside', done.setAside === null ? null : plainText(done.setAside)],
        [
          'Paused',
          done.paused === 0
            ? null
            : `${count(done.paused, 'run')}: look whether each was done since, then resume or stop it`,
        ],
      ],
      context.paint,
    ),
  };
}

function describe({ backup, lost }: RestorePreview, refused: readonly string[]): string {
  return [
    `Backup: ${plainText(backup.name)}, made ${backup.createdAt}`,
    ...refused.map((each) => `Not good: ${plainText(each)}`),
    lost === null || lost.changes === 0
      ? 'Nothing would be lost.'
      : `Lost: ${count(lost.changes, 'change')} since ${lost.since ?? 'the beginning'}, with them ${count(lost.proposals, 'proposal')}, ${count(lost.runs, 'run')} and ${count(lost.decisions, 'decision')}.`,
  ].join('\n');
}
