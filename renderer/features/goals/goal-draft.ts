import type { InputOf } from '../../../preload/contract/operations.ts';
import { formatFigure, readFigure } from './goal-figures.ts';
import type { GoalDetail } from './goal-types.ts';

/** What is typed into the form of a goal. */
export interface GoalDraft {
  readonly title: string;
  readonly description: string;
  readonly parentId: string;
  readonly targetDate: string;
  readonly priority: string;
  readonly category: string;
  readonly measured: boolean;
  readonly measureName: string;
  readonly unit: string;
  readonly start: string;
  readonly target: string;
  readonly byHand: boolean;
  readonly progress: string;
}
export type DraftField =
  'title' | 'targetDate' | 'priority' | 'measureName' | 'start' | 'target' | 'progress';

export function draftOf(detail: GoalDetail | undefined, parentId = ''): GoalDraft {
  const goal = detail?.goal;
  const measure = detail?.row.measure;
  return {
    title: goal?.title ?? '',
    description: goal?.description ?? '',
    parentId: goal?.parentId ?? parentId,
    targetDate: goal?.targetDate ?? '',
    priority: String(goal?.priority ?? 50),
    category: goal?.category ?? '',
    measured: Boolean(measure),
    measureName: measure?.name ?? '',
    unit: measure?.unit ?? '',
    start: measure ? String(measure.start) : '',
    target: measure ? String(measure.target) : '',
    byHand: goal?.progressByHand ?? false,
    progress: String(goal?.progress ?? 0),
  };
}

function wholeTo100(typed: string): number | undefined {
  const value = Number(typed);
  return /^\d{1,3}$/u.test(typed.trim()) && value <= 100 ? value : undefined;
}

/** Why a field cannot be sent, by field; `differ` where the target says nothing. */
export function wrongIn(draft: GoalDraft): Map<DraftField, 'wrong' | 'differ'> {
  const wrong = new Map<DraftField, 'wrong' | 'differ'>();
  if (draft.title.trim() === '') wrong.set('title', 'wrong');
  if (draft.targetDate !== '' && !isDay(draft.targetDate)) wrong.set('targetDate', 'wrong');
  if (wholeTo100(draft.priority) === undefined) wrong.set('priority', 'wrong');
  if (draft.byHand && wholeTo100(draft.progress) === undefined) wrong.set('progress', 'wrong');
  if (draft.measured) {
    const [start, target] = [readFigure(draft.start), readFigure(draft.target)];
    if (draft.measureName.trim() === '') wrong.set('measureName', 'wrong');
    if (start === undefined) wrong.set('start', 'wrong');
    if (target === undefined) wrong.set('target', 'wrong');
    else if (target === start) wrong.set('target', 'differ');
  }
  return wrong;
}

function isDay(typed: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/u.test(typed) &&
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC' }).format(safeTime(typed)) === typed
  );
}

/** The end of time for what is no date: it prints as another one. */
function safeTime(typed: string): number {
  const at = Date.parse(`${typed}T00:00:00Z`);
  return Number.isNaN(at) ? 0 : at;
}

/** What is sent of a draft without faults. */
export function fieldsOf(draft: GoalDraft) {
  return {
    title: draft.title.trim(),
    description: draft.description,
    category: draft.category.trim(),
    priority: wholeTo100(draft.priority) ?? 50,
    targetDate: draft.targetDate === '' ? null : draft.targetDate,
    parentId: draft.parentId === '' ? null : draft.parentId,
    measure: draft.measured
      ? {
          name: draft.measureName.trim(),
          unit: draft.unit.trim(),
          start: readFigure(draft.start) ?? 0,
          target: readFigure(draft.target) ?? 0,
        }
      : null,
  };
}

/** The fields of a goal as they are, to go back to. */
export function fieldsBefore(detail: GoalDetail): InputOf<'goal.update'>['fields'] {
  const { goal, row } = detail;
  return {
    ...fieldsOf(draftOf(detail)),
    progress: goal.progressByHand ? goal.progress : null,
    measure: row.measure,
  };
}

/** Whether saving takes a measure away, and what was read of it along. */
export function losesReadings(draft: GoalDraft, detail: GoalDetail | undefined): boolean {
  return !draft.measured && (detail?.readings.length ?? 0) > 0;
}

export function summaryOf({ measured, measureName, start, target, unit }: GoalDraft, none: string): string {
  if (!measured || measureName === '') return none;
  const [from, to] = [readFigure(start), readFigure(target)];
  if (from === undefined || to === undefined) return measureName;
  return `${measureName}, ${formatFigure(from)} → ${formatFigure(to)} ${unit}`.trim();
}
