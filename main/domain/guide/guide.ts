import { z } from 'zod';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** The way from nothing to the first applied diff. */
export const guideStep = valueList({
  project: 'Add a project',
  agent: 'Choose an agent',
  tests: 'Set its test command',
  look: 'Look for ideas',
  approve: 'Approve an idea',
  execute: 'Execute its plan',
  review: 'Review the diff',
  apply: 'Apply it',
});
export type GuideStep = ValueOf<typeof guideStep>;

export const guideEntrySchema = z.object({
  step: schemaOf(guideStep),
  done: z.boolean(),
  /** Where things stand, in a sentence. */
  words: z.string(),
  /** What its button does: goes to a place of the dashboard, looks for work, or writes an idea; `wait` shows what works on it meanwhile. */
  act: z.enum(['open', 'look', 'write', 'wait']),
  label: z.string(),
  route: z.string(),
});
export type GuideEntry = z.infer<typeof guideEntrySchema>;

/** What of the records says how far the owner is. */
export interface GuideFacts {
  /** The newest project. */
  readonly project: {
    readonly id: string;
    readonly name: string;
    readonly testCommand: string;
    readonly executor: string;
    readonly hasCommand: boolean;
  } | null;
  /** Agent programs that are found and not known to be signed out. */
  readonly agents: readonly { readonly name: string; readonly label: string }[];
  readonly looked: boolean;
  readonly idea: { readonly id: string; readonly number: number; readonly title: string } | null;
  /** The newest proposal in the stage plan. */
  readonly plan: {
    readonly id: string;
    readonly number: number;
    readonly title: string;
    readonly planning: 'idle' | 'planning' | 'failed';
  } | null;
  /** The newest run. */
  readonly run: { readonly id: string; readonly number: number; readonly status: string } | null;
  readonly approved: boolean;
  readonly executed: boolean;
  readonly reviewed: boolean;
  readonly applied: boolean;
}

/** Each step as the records have it, and where it goes on from there. */
export function guideOf(facts: GuideFacts): GuideEntry[] {
  const { project, agents, idea, plan, run } = facts;
  const works = project !== null && agentWorks(project, agents);
  const settings = project === null ? '/board' : `/projects?id=${project.id}`;
  const entry = (
    step: GuideStep,
    done: boolean,
    words: string,
    label: string,
    route: string,
    act: GuideEntry['act'] = 'open',
  ): GuideEntry => ({ step, done, words, act, label, route });
  const open = (item: { id: string; number: number }): [string, string] => [
    `Open P-${String(item.number)}`,
    `/proposal/${item.id}`,
  ];
  return [
    entry(
      'project',
      project !== null,
      project === null ? 'A repository of yours, or the demo project.' : `${project.name} is there.`,
      'Choose a project',
      project === null ? '/board' : '/projects',
    ),
    agents.length > 0 || works
      ? entry('agent', works, agentWords(project, agents), 'Project settings', settings)
      : entry(
          'agent',
          false,
          'No agent program is found and signed in on this machine. Settings say how to install each; a script of your own, in the settings of the project, works too.',
          'See agents',
          '/settings?section=executors',
        ),
    entry(
      'tests',
      project !== null && project.testCommand !== '',
      project === null || project.testCommand === ''
        ? 'Homer runs it before and after the work: that is its proof.'
        : `${project.testCommand} is run before and after the work.`,
      'Set and try it',
      project === null ? '/board' : `${settings}&part=check`,
    ),
    entry(
      'look',
      facts.looked,
      facts.looked ? 'Homer looks again by itself.' : 'Homer reads TODO comments and runs the tests.',
      'Look now',
      '/board',
      'look',
    ),
    facts.approved
      ? entry('approve', true, 'An idea was approved.', 'Go to the board', '/board')
      : idea === null
        ? entry(
            'approve',
            false,
            facts.looked
              ? 'Nothing was found so far. Write down what should be done.'
              : 'Nothing is planned before you say so.',
            'Write an idea',
            '/board',
            'write',
          )
        : entry(
            'approve',
            false,
            `P-${String(idea.number)} ${idea.title}: approve it, and its plan is written.`,
            ...open(idea),
          ),
    facts.executed
      ? entry('execute', true, 'A plan was executed.', 'Go to the runs', '/runs')
      : entry('execute', false, ...planWords(plan, open)),
    entry('review', facts.reviewed, ...runWords(run)),
    entry(
      'apply',
      facts.applied,
      facts.applied
        ? 'A diff was applied: merged into the branch of its project.'
        : 'Apply… beside the diff shows how it would merge. Nothing is merged before you say so.',
      run?.status === 'review' ? `Open #${String(run.number)}` : 'Go to the runs',
      run?.status === 'review' ? `/run/${run.id}/review` : '/runs',
    ),
  ];
}

/** What shows that a step was passed over on purpose; other steps are, once any after them is done. Without an agent nothing can work. */
const passedWith: Partial<Record<GuideStep, GuideStep>> = { agent: 'execute', tests: 'approve' };

/** The first step that is neither done nor passed over: what was passed over is not asked for again. Undefined once all is done. */
export function nextGuideStep(entries: readonly GuideEntry[]): GuideEntry | undefined {
  return entries.find(({ step, done }, at) => {
    const from = passedWith[step];
    const later = entries.slice(from === undefined ? at : entries.findIndex((each) => each.step === from));
    return !done && !later.some((each) => each.done);
  });
}

function agentWorks(project: NonNullable<GuideFacts['project']>, agents: GuideFacts['agents']): boolean {
  if (project.executor === 'shell') return project.hasCommand;
  return project.executor === 'auto'
    ? agents.length > 0
    : agents.some(({ name }) => name === project.executor);
}

function agentWords(project: GuideFacts['project'], agents: GuideFacts['agents']): string {
  const chosen = agents.find(({ name }) => name === project?.executor);
  if (project && agentWorks(project, agents))
    return project.executor === 'shell'
      ? `${project.name} works with a script of its own.`
      : `${chosen?.label ?? 'The fittest'} works in ${project.name}.`;
  return `Found here: ${agents.map(({ label }) => label).join(', ')}. Say which works${project === null ? '' : ` in ${project.name}`}.`;
}

function planWords(
  plan: GuideFacts['plan'],
  open: (item: { id: string; number: number }) => [string, string],
): [string, string, string, GuideEntry['act']] {
  if (plan === null)
    return ['The plan is written once an idea is approved.', 'Go to the board', '/board', 'open'];
  const ref = `P-${String(plan.number)}`;
  const [label, route] = open(plan);
  if (plan.planning === 'planning') return [`The plan of ${ref} is being written.`, label, route, 'wait'];
  if (plan.planning === 'failed')
    return [`The plan of ${ref} could not be written. Its page says why.`, label, route, 'open'];
  return [`${ref} ${plan.title}: read its plan, then execute it.`, label, route, 'open'];
}

function runWords(run: GuideFacts['run']): [string, string, string, GuideEntry['act']] {
  if (run === null) return ['A run works in a worktree of its own.', 'Go to the runs', '/runs', 'open'];
  const ref = `#${String(run.number)}`;
  const label = `Open ${ref}`;
  const route = `/run/${run.id}`;
  switch (run.status) {
    case 'review':
      return [`${ref} is done: look at its diff and its tests.`, `Review ${ref}`, `${route}/review`, 'open'];
    case 'draft':
      return [`${ref} is held back: see why, and let it start.`, label, route, 'open'];
    case 'blocked':
      return [`${ref} waits for an answer of yours.`, label, route, 'open'];
    case 'failed':
    case 'timeout':
    case 'stopped':
      return [`${ref} came to nothing: see why, and try again.`, label, route, 'open'];
    case 'applied':
    case 'completed':
    case 'discarded':
    case 'rejected':
      return [`${ref} has come to its end.`, label, route, 'open'];
    default:
      return [`${ref} is at work. Its timeline shows what it does.`, label, route, 'wait'];
  }
}
