import type { OutputOf } from '../../../../preload/contract/operations.ts';
import { dollars, NOTHING_USED } from '../../../domain/cost/cost-state.ts';
import { priceSource } from '../../../domain/cost/price-table.ts';
import { formatTime } from '../../../shared/clock.ts';
import { plainText } from '../../plain-text.ts';
import { ask, refuse } from '../ask.ts';
import { arg, oneOf, text, type CommandSpec } from '../command.ts';
import { projectRef } from '../refs.ts';
import { table } from '../table.ts';

const DAY_MS = 86_400_000;
const groups = ['project', 'goal', 'run', 'account', 'model'] as const;

export const costCommands: readonly CommandSpec[] = [
  {
    usage: 'today',
    summary: 'What today cost, how far each daily cap is spent, and which prices are in force',
    examples: ['homer cost', 'homer cost today --json'],
    perform: async (context) => {
      const today = await ask(context, 'cost.today', {});
      const { prices } = today;
      const lines = [
        `Today: ${usedWords(today.total)}. The next day begins at ${today.resetsAt} (${today.zone}).`,
        ...today.caps.map(
          ({ name, capMicroUsd, spentMicroUsd }) =>
            `Daily cap${name === '' ? '' : ` for ${plainText(name)}`}: ${dollars(spentMicroUsd)} of ${dollars(capMicroUsd)}.`,
        ),
        `Prices of ${prices.date}, ${String(prices.models)} models${prices.overridden ? `, with ${plainText(prices.file)}` : ''}: homer cost prices lists them.`,
        ...(prices.problem === null
          ? []
          : [`${plainText(prices.file)} cannot be used: ${plainText(prices.problem)}`]),
      ];
      return { json: today, text: lines.join('\n') };
    },
  },
  {
    usage: 'report',
    summary: 'What was used and what it cost, by project, goal, run, account or model',
    examples: ['homer cost report', 'homer cost report --by model --days 30'],
    options: [
      { flags: '--by <what>', description: groups.join(', '), parse: oneOf(groups) },
      { flags: '--days <n>', description: 'the last days instead of today', parse: (it) => Number(it) },
    ],
    perform: async (context, _args, options) => {
      const days = options['days'];
      if (days !== undefined && (typeof days !== 'number' || !(days > 0)))
        return refuse({ tag: 'usage', message: 'Give a number of days.' });
      const by = (text(options, 'by') ?? 'project') as (typeof groups)[number];
      const now = context.clock.now();
      const report = await ask(context, 'cost.report', {
        by,
        ...(typeof days === 'number'
          ? { from: formatTime(now - days * DAY_MS), to: formatTime(now + 1) }
          : {}),
      });
      const view = report.rows.length
        ? `${table(
            [
              { title: by.toUpperCase(), cell: (row) => row.name, flexible: true },
              { title: 'COST', cell: (row) => row.words, align: 'right' },
              { title: 'IN', cell: (row) => String(row.tokensIn), align: 'right' },
              { title: 'OUT', cell: (row) => String(row.tokensOut), align: 'right' },
              { title: 'CACHED', cell: (row) => String(row.tokensCached), align: 'right' },
            ],
            report.rows,
            context.width,
            context.paint,
          )}\nTotal: ${report.total.words}`
        : 'Nothing was used.';
      return { json: report, text: view };
    },
  },
  {
    usage: 'prices',
    summary: 'List the price of each model, how it is known and when it was looked up',
    examples: ['homer cost prices', 'homer cost prices --json'],
    perform: async (context) => {
      const prices = await ask(context, 'cost.prices', {});
      const each = (value: number | null): string => (value === null ? '-' : String(value));
      const view = table(
        [
          { title: 'MODEL', cell: (row) => plainText(row.model), flexible: true },
          { title: 'IN', cell: (row) => each(row.input), align: 'right' },
          { title: 'OUT', cell: (row) => each(row.output), align: 'right' },
          { title: 'CACHED', cell: (row) => each(row.cached), align: 'right' },
          { title: 'CACHE WRITE', cell: (row) => each(row.cacheWrite), align: 'right' },
          { title: 'KNOWN BY', cell: (row) => knownBy(row) },
        ],
        prices.prices.flatMap(withTiers),
        context.width,
        context.paint,
      );
      return {
        json: prices,
        text: `Table of ${prices.date}; US dollars for a million tokens.\n\n${view}\n\nThe cost of a model that is not here is unknown.`,
      };
    },
  },
  {
    usage: 'cap <project> <dollars>',
    summary: 'Set what a project may cost in a day; 0 takes the cap away',
    examples: ['homer cost cap web 5', 'homer cost cap web 0'],
    perform: async (context, args) => {
      const amount = Number(arg(args, 1));
      if (!Number.isFinite(amount) || amount < 0)
        return refuse({ tag: 'usage', message: 'Give an amount in US dollars, such as 12.50.' });
      const { id, name } = await projectRef(context, arg(args, 0));
      const capMicroUsd = Math.round(amount * 1_000_000) || null;
      const cap = await ask(context, 'cost.cap', { id, capMicroUsd });
      const said =
        capMicroUsd === null ? 'has no daily cap of its own' : `may cost ${dollars(capMicroUsd)} a day`;
      return { json: cap, text: `${plainText(name)} ${said}.` };
    },
  },
];

function usedWords({ state, words, tokensIn, tokensOut }: OutputOf<'cost.today'>['total']): string {
  return state === 'none' && tokensIn + tokensOut === 0
    ? NOTHING_USED
    : `${words}, ${String(tokensIn + tokensOut)} tokens`;
}

type PriceRow = OutputOf<'cost.prices'>['prices'][number];

/** A row for each price of long prompts, below that of the model. */
function withTiers(row: PriceRow): PriceRow[] {
  const long = row.tiers.map(({ above, ...price }) => ({
    ...row,
    ...price,
    model: `  prompts above ${above.toLocaleString('en')}`,
    cacheWrite: null,
  }));
  return [row, ...long];
}

/** "read on the provider's page, 2026-11-21": also when that is another day than the table's. */
function knownBy({ source, checkedOn }: OutputOf<'cost.prices'>['prices'][number]): string {
  const how = priceSource.labels[source].toLowerCase();
  return checkedOn === null ? how : `${how}, ${checkedOn}`;
}
