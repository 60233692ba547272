import { noValue, type BoardField } from '../../../preload/contract/board.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { useQuery } from '../../client/client-context.tsx';
import { strings } from './strings.ts';

/** One value of a field, as it is offered and shown. */
export interface FieldValue {
  readonly value: string;
  readonly label: string;
}

const fixed: Partial<Record<BoardField, Readonly<Record<string, string>>>> = {
  waits: labels.waitsOn,
  priority: labels.priority,
  source: labels.source,
  risk: { ...labels.risk, [noValue]: strings.filters.unplanned },
  effort: { ...labels.effort, [noValue]: strings.filters.unplanned },
  relevance: labels.boardRelevance,
  age: labels.boardAge,
};

/** Every value of a field; goals and projects are those there are. */
export function useFieldValues(): (field: BoardField) => readonly FieldValue[] {
  const goals = useQuery('goal.list', {}).data ?? [];
  const projects = useQuery('project.list', {}).data ?? [];
  return (field) => {
    const known = fixed[field];
    if (known) return Object.entries(known).map(([value, label]) => ({ value, label }));
    const named =
      field === 'goal'
        ? goals.map(({ id, title }) => ({ value: id, label: title }))
        : projects.map(({ id, name }) => ({ value: id, label: name }));
    return [...named, { value: noValue, label: field === 'goal' ? strings.noGoal : strings.noProject }];
  };
}
