import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useQuery } from '../../client/client-context.tsx';
import type { Suggestion } from '../../ui/suggest-field.tsx';
import { strings as words } from './strings.ts';

type ModelList = OutputOf<'agent.models'>;

/** What can be chosen of an executor's models, and what is wrong with where they are; nothing for one that is not named. */
export function useModelSuggestions(executor: string | undefined): {
  suggestions: readonly Suggestion[];
  trouble: string;
} {
  const { data } = useQuery('agent.models', { name: executor ?? '' }, { enabled: Boolean(executor) });
  return data ? { suggestions: data.models.map(suggestion), trouble: troubleOf(data) } : nothing;
}

const nothing = { suggestions: [], trouble: '' } as const;

function suggestion({
  name,
  contextTokens,
  tools,
  loaded,
  accounts,
}: ModelList['models'][number]): Suggestion {
  const detail = [
    contextTokens === null ? '' : words.modelHolds(contextTokens.toLocaleString('en')),
    loaded === true ? words.modelLoaded : '',
    tools === false ? words.modelToolless : '',
    accounts === undefined ? '' : words.modelAccounts(accounts.join(', ')),
  ];
  return { value: name, detail: detail.filter(Boolean).join(' · ') };
}

/** Where one endpoint answers there is a list; only when none does, its trouble is told. */
function troubleOf({ endpoints, models }: ModelList): string {
  const first = models.length === 0 ? endpoints.find(({ problem }) => problem !== '') : undefined;
  return first ? words.modelEndpoints(first.problem) : '';
}
