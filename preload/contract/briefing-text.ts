import type { Briefing, Spend, Trouble } from '../../main/domain/briefing/briefing.ts';
import { costWords } from '../../main/domain/cost/cost-state.ts';
import { proposalSource } from '../../main/domain/source/source.ts';
import { runStatus } from '../../main/domain/run/status.ts';
import { thousands } from '../../main/domain/briefing/tell-story.ts';

/** A briefing as Markdown: the same on the command line, on the clipboard, and in what is kept of one that was read. */
export function briefingText(briefing: Briefing): string {
  const { day, zone, decide, happened, happenedMore, found, figures, wrong, wrongMore, spend, next } =
    briefing;
  const part = (title: string, lines: readonly string[], more = 0): string[] =>
    lines.length === 0
      ? []
      : ['', `## ${title}`, '', ...lines, ...(more > 0 ? [`- and ${String(more)} more`] : [])];
  return [
    `# Briefing of ${day}`,
    '',
    `From ${clock(briefing.from, zone)} to ${clock(briefing.to, zone)} (${zone})${briefing.open ? ', so far' : ''}.`,
    '',
    briefing.story.join(' '),
    ...part(
      'Decide',
      (decide?.items ?? []).map(({ ref, title, detail }) => `- ${ref} ${inert(title)}${tail(detail)}`),
      (decide?.total ?? 0) - (decide?.items.length ?? 0),
    ),
    ...part(
      'Happened',
      happened.map(
        (run) =>
          `- #${String(run.number)} ${inert(run.name)}: ${runStatus.labels[run.status].toLowerCase()}${
            run.filesChanged === 0
              ? ''
              : `, ${String(run.filesChanged)} ${run.filesChanged === 1 ? 'file' : 'files'} +${String(run.additions)} −${String(run.deletions)}`
          }, ${costWords(run.costMicroUsd, run.costState ?? 'none')}`,
      ),
      happenedMore,
    ),
    ...part(
      'Found',
      found.map(
        ({ number, title, source }) =>
          `- P-${String(number)} ${inert(title)} (${proposalSource.labels[source]})`,
      ),
      figures.found - found.length,
    ),
    ...part('Went wrong', wrong.map(troubleLine), wrongMore),
    ...part(
      'Spent',
      spend.map(
        ({ name, tokens, costMicroUsd, costState }) =>
          `- ${inert(name)}: ${costWords(costMicroUsd, costState)}, ${thousands(tokens)} tokens`,
      ),
    ),
    ...part(
      'Next',
      (next ?? []).map(
        ({ at, ref, title, why }) =>
          `- ${at === null ? 'as soon as it may' : clock(at, zone)}: ${ref === '' ? '' : `${ref} `}${inert(title)}${tail(why)}`,
      ),
    ),
    '',
  ].join('\n');
}

/** What an account was charged with, as figures. */
export function spendWords({ tokens, costMicroUsd, costState }: Spend): {
  readonly tokens: string;
  readonly cost: string;
} {
  return { tokens: thousands(tokens), cost: costWords(costMicroUsd, costState) };
}

function troubleLine({ ref, title, why, inARow }: Trouble): string {
  return `- ${ref === '' ? '' : `${ref} `}${inert(title)}${tail(why)}${inARow > 1 ? ` (${String(inARow)} in a row)` : ''}`;
}

function tail(words: string): string {
  return words === '' ? '' : `: ${inert(words)}`;
}

/** Names and reasons come from outside: one line, and no mark-up of theirs. */
function inert(words: string): string {
  return words
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\\`*_[\]<>#|]/gu, String.raw`\$&`)
    .trim();
}

function clock(iso: string, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(iso));
}
