import type { OutputOf } from '../../../preload/contract/operations.ts';
import { endpointState, modelSource } from '../../domain/agent/model-list.ts';
import { plainText } from '../plain-text.ts';
import type { CommandContext } from './io.ts';
import { table, type Column } from './table.ts';

type ModelList = OutputOf<'agent.models'>;

/** A list of models for a terminal: each endpoint as it is, then the names; what nobody tells is left empty. */
export function modelWords(list: ModelList, context: Pick<CommandContext, 'width' | 'paint'>): string {
  const { endpoints, models, note, source } = list;
  const parts = [
    endpoints.length === 0
      ? ''
      : endpoints
          .map((it) =>
            plainText(
              `${it.label} at ${it.address}: ${endpointState.labels[it.state].toLowerCase()}${
                it.program === null ? '' : `, ${it.program}`
              }${it.problem === '' ? '' : `. ${it.problem}`}`,
            ),
          )
          .join('\n'),
    models.length === 0
      ? 'No model is known.'
      : table(columnsOf(models), models, context.width, context.paint),
    `${modelSource.labels[source]}. ${plainText(note)}`.trim(),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A column that would be empty is left out. */
function columnsOf(models: ModelList['models']): Column<ModelList['models'][number]>[] {
  const all: (Column<ModelList['models'][number]> & { told: boolean })[] = [
    { title: 'MODEL', cell: ({ name }) => plainText(name), flexible: true, told: true },
    {
      title: 'HOLDS',
      cell: ({ contextTokens }) => contextTokens?.toLocaleString('en') ?? '',
      align: 'right',
      told: models.some(({ contextTokens }) => contextTokens !== null),
    },
    { title: 'TOOLS', cell: ({ tools }) => yesNo(tools), told: models.some(({ tools }) => tools !== null) },
    {
      title: 'IN MEMORY',
      cell: ({ loaded }) => yesNo(loaded),
      told: models.some(({ loaded }) => loaded !== null),
    },
    {
      title: 'ACCOUNTS',
      cell: ({ accounts }) => plainText(accounts?.join(', ') ?? ''),
      told: models.some(({ accounts }) => accounts !== undefined),
    },
  ];
  return all.filter(({ told }) => told);
}

function yesNo(value: boolean | null): string {
  return value === null ? '' : value ? 'yes' : 'no';
}
