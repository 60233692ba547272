import { priorityFigure, priorityLevels, priorityWord } from '../../../preload/contract/board.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { whyProjectStays } from '../../../preload/contract/moves.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import type { ProposalCard } from '../../client/patch.ts';
import { PickDialog, type Pick } from '../../ui/pick-dialog.tsx';
import type { Linked, Picked } from './decisions.ts';
import { strings } from './strings.ts';
import type { LinkFields } from './use-set-fields.ts';

const words = strings.pick;

export interface PickDialogsProps {
  /** Undefined: closed. */
  readonly asked: { readonly what: Picked; readonly proposals: readonly Linked[] } | undefined;
  readonly onClose: () => void;
  readonly onPick: (
    proposals: readonly Linked[],
    fields: LinkFields,
    shown: Partial<ProposalCard>,
    name: string,
  ) => void;
}

/** Asks which goal, project or priority proposals get. */
export function PickDialogs({ asked, onClose, onPick }: PickDialogsProps) {
  const { projects } = useShellState();
  const goals = useQuery('goal.tree', {}, { enabled: asked?.what === 'goal', watch: ['goal'] }).data ?? [];
  const what = asked?.what ?? 'goal';
  const proposals = asked?.proposals ?? [];
  const [first] = proposals;
  const same = <V,>(read: (each: Linked) => V): V | undefined =>
    first && proposals.every((each) => read(each) === read(first)) ? read(first) : undefined;
  const picks: readonly Pick[] = {
    goal: () => [
      { value: '', label: strings.panel.noGoal, checked: same(({ goalId }) => goalId) === null },
      ...goals
        .filter(({ status, id }) => ['active', 'paused'].includes(status) || id === first?.goalId)
        .map(({ id, title, depth }) => ({
          value: id,
          label: title,
          depth,
          checked: same(({ goalId }) => goalId) === id,
        })),
    ],
    project: () =>
      projects.map(({ id, name }) => ({
        value: id,
        label: name,
        checked: same(({ projectId }) => projectId) === id,
        unavailable: proposals.map((each) => whyProjectStays(each)).find((why) => why !== null) ?? undefined,
      })),
    priority: () =>
      priorityLevels.map((level) => ({
        value: level,
        label: labels.priority[level],
        checked: same(({ priority }) => priorityWord(priority)) === level,
      })),
  }[what]();
  return (
    <PickDialog
      open={asked !== undefined}
      title={words.title[what]}
      description={
        proposals.length === 1 && first
          ? `${strings.ref(first.number)} ${first.title}`
          : strings.count(proposals.length, 'proposal', 'proposals')
      }
      placeholder={words.placeholder[what]}
      empty={words.empty[what]}
      picks={picks}
      onClose={onClose}
      onPick={(value) => {
        const name = picks.find((pick) => pick.value === value)?.label ?? '';
        const id = value === '' ? null : value;
        onClose();
        if (what === 'goal') {
          const goalTitle = id === null ? null : name;
          onPick(proposals, { goalId: id }, { goalId: id, goalTitle }, name);
        } else if (what === 'project')
          onPick(proposals, { projectId: id }, { projectId: id, projectName: name }, name);
        else {
          const priority = priorityFigure(value as (typeof priorityLevels)[number]);
          onPick(proposals, { priority }, { priority }, name);
        }
      }}
    />
  );
}
