import type { InputOf, OutputOf } from '../../../../preload/contract/operations.ts';
import { proposalStage } from '../../../domain/proposal/stage.ts';
import { runStatus } from '../../../domain/run/status.ts';
import { searchKind, type SearchKind } from '../../../domain/search/search.ts';
import { ask } from '../ask.ts';
import { given, number, oneOf, text, wholeNumber, type CommandSpec } from '../command.ts';
import { plainText } from '../../plain-text.ts';
import type { Paint } from '../paint.ts';
import { projectRef } from '../refs.ts';
import { relativeTime } from '../words.ts';

type Found = OutputOf<'search.find'>;
type Hit = Found['hits'][number];

/** What was found stands bold. */
function marked(shown: string, ranges: readonly (readonly [number, number])[], paint: Paint): string {
  let line = '';
  let at = 0;
  for (const [from, to] of ranges) {
    line += plainText(shown.slice(at, from)) + paint('bold', plainText(shown.slice(from, to)));
    at = to;
  }
  return line + plainText(shown.slice(at));
}

function refOf({ kind, number: of, seq }: Hit): string {
  if (kind === 'proposal') return `P-${String(of)}`;
  return seq === null ? `#${String(of)}` : `#${String(of)} @${String(seq)}`;
}

function hitText(hit: Hit, now: number, paint: Paint): string {
  const state = hit.stage ? proposalStage.labels[hit.stage] : hit.status ? runStatus.labels[hit.status] : '';
  const facts = [state, hit.projectName ?? '', relativeTime(hit.at, now)].filter((part) => part !== '');
  const head = `${paint('bold', refOf(hit))}  ${marked(hit.title, hit.titleRanges, paint)}  ${paint('dim', plainText(facts.join(', ')))}`;
  return hit.snippet ? `${head}\n    ${marked(hit.snippet.text, hit.snippet.ranges, paint)}` : head;
}

function noteOf({ index }: Found): string {
  if (index.complete && index.behind === 0) return '';
  return index.complete
    ? `The newest changes are still being indexed (${String(index.behind)} to go).`
    : `Homer is still indexing what was there before (${String(index.behind)} to go); more may be found later.`;
}

export const searchCommand: CommandSpec = {
  usage: 'search <words...>',
  summary: 'Find proposals, runs and what happened in runs, by words they hold',
  examples: [
    'homer search scheduler',
    'homer search "\\"main loop\\" drain" --kind event',
    'homer search P-12 --json',
  ],
  options: [
    { flags: '--kind <kind>', description: 'proposal, run or event only', parse: oneOf(searchKind.values) },
    { flags: '--project <project>', description: 'of one project' },
    { flags: '--stage <stage>', description: 'proposals in one stage', parse: oneOf(proposalStage.values) },
    {
      flags: '--status <status>',
      description: 'runs in one state, and their events',
      parse: oneOf(runStatus.values),
    },
    {
      flags: '--limit <n>',
      description: 'at most this many of each kind; 10 by default',
      parse: wholeNumber(1),
    },
  ],
  perform: async (context, args, options) => {
    const project = text(options, 'project');
    const stage = text(options, 'stage') as NonNullable<InputOf<'search.find'>['stages']>[number] | undefined;
    const status = text(options, 'status') as
      NonNullable<InputOf<'search.find'>['statuses']>[number] | undefined;
    const kind = text(options, 'kind') as SearchKind | undefined;
    const found = await ask(context, 'search.find', {
      text: args.join(' '),
      ...given({
        projectId: project === undefined ? undefined : (await projectRef(context, project)).id,
        // A stage is a proposal's, a state a run's: what has none is not asked for.
        kinds: kind
          ? [kind]
          : stage && !status
            ? ['proposal' as const]
            : status && !stage
              ? ['run' as const, 'event' as const]
              : undefined,
        stages: stage && [stage],
        statuses: status && [status],
        limit: number(options, 'limit'),
      }),
    });
    const now = context.clock.now();
    const lines = found.hits.map((hit) => hitText(hit, now, context.paint));
    const view = lines.length > 0 ? lines : ['Nothing was found.'];
    return { json: found, text: [...view, noteOf(found)].filter((line) => line !== '').join('\n') };
  },
};
