import { stageFault } from '../../../preload/contract/stages.ts';

/** One stage as typed. Others name it by `key`, which stays when its title, and so its id, changes. */
export interface StageDraft {
  readonly key: string;
  readonly title: string;
  readonly role: string;
  /** Empty: the run's. */
  readonly executor: string;
  readonly command: string;
  /** Empty: one. */
  readonly steps: string;
  /** Keys of the stages that must have passed; of no meaning in a pipeline. */
  readonly needs: readonly string[];
}
export type StagedType = 'pipeline' | 'workflow';

const emptyStage = { title: '', role: '', executor: '', command: '', steps: '', needs: [] };

/** What a run of stages begins with, to be changed. */
export const firstStages: readonly StageDraft[] = [
  { ...emptyStage, key: '1', title: 'Do the work', role: 'coder' },
  { ...emptyStage, key: '2', title: 'Review it', role: 'reviewer', needs: ['1'] },
];

export function isStaged(runType: string): runType is StagedType {
  return runType === 'pipeline' || runType === 'workflow';
}

/** From storage, which anybody may have written to. */
export function areStages(value: unknown): value is readonly StageDraft[] {
  return (
    Array.isArray(value) &&
    value.every((stage: unknown) => {
      const fields = Object(stage) as Record<string, unknown>;
      return (
        ['key', 'title', 'role', 'executor', 'command', 'steps'].every(
          (name) => typeof fields[name] === 'string',
        ) && Array.isArray(fields['needs'])
      );
    })
  );
}

/** With one more at the end, which goes on from the one before it. */
export function withStage(stages: readonly StageDraft[]): StageDraft[] {
  const key = String(1 + Math.max(0, ...stages.map((stage) => Number(stage.key) || 0)));
  const last = stages.at(-1);
  return [...stages, { ...emptyStage, key, needs: last ? [last.key] : [] }];
}

export function withoutStage(stages: readonly StageDraft[], key: string): StageDraft[] {
  return stages
    .filter((stage) => stage.key !== key)
    .map((stage) => ({ ...stage, needs: stage.needs.filter((need) => need !== key) }));
}

/** One place up or down; what others need of it stays. */
export function moveStage(stages: readonly StageDraft[], key: string, by: -1 | 1): readonly StageDraft[] {
  const from = stages.findIndex((stage) => stage.key === key);
  const there = stages[from + by];
  const here = stages[from];
  if (!here || !there) return stages;
  return stages.map((stage, index) => (index === from ? there : index === from + by ? here : stage));
}

/** As the runtime takes them in `metadata.stages`. Ids come from the titles. */
export function stagesOf(runType: StagedType, stages: readonly StageDraft[]): object[] {
  const ids = idsOf(stages);
  return stages.map(({ key, title, role, executor, command, steps, needs }) => ({
    id: ids.get(key) ?? key,
    title: title.trim(),
    ...(role.trim() === '' ? {} : { role: role.trim() }),
    ...(executor === '' ? {} : { executor }),
    ...(command.trim() === '' ? {} : { command: command.trim() }),
    ...(steps.trim() === '' ? {} : { steps: Number(steps) }),
    ...(runType === 'workflow' && needs.length > 0
      ? { needs: needs.map((need) => ids.get(need) ?? need) }
      : {}),
  }));
}

/** What is wrong, in the words the runtime itself would use; undefined when nothing is. */
export function stageProblem(runType: StagedType, stages: readonly StageDraft[]): string | undefined {
  if (stages.length === 0) return 'Add at least one stage.';
  const nameless = stages.findIndex(({ title }) => title.trim() === '');
  if (nameless >= 0) return `Give stage ${String(nameless + 1)} a title.`;
  const wrong = stages.findIndex(
    ({ steps }) => steps.trim() !== '' && !/^\s*(?:[1-9]|[1-4]\d|50)\s*$/u.test(steps),
  );
  if (wrong >= 0) return `Stage ${String(wrong + 1)} may take from 1 to 50 steps.`;
  return stageFault(runType, stagesOf(runType, stages));
}

function idsOf(stages: readonly StageDraft[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const { key, title } of stages) {
    const stem =
      title
        .normalize('NFKD')
        .toLowerCase()
        .replace(/[^a-z0-9]+/gu, '-')
        .replace(/^-+|-+$/gu, '')
        .slice(0, 36)
        .replace(/-+$/u, '') || `stage-${key}`;
    let id = stem;
    for (let n = 2; taken.has(id); n += 1) id = `${stem}-${String(n)}`;
    taken.add(id);
    ids.set(key, id);
  }
  return ids;
}
