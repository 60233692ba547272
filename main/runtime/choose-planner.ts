import type { ExecutorInfo } from '../agents/executor.ts';
import type { ExecutorRegistry } from '../agents/registry.ts';
import { inPlanningOrder, type PlanningTask } from '../domain/proposal/planner-choice.ts';
import type { Project } from '../domain/project/project.ts';
import { readExecutorTable } from '../domain/run/task-type.ts';
import { fail, ok, unwrap, type Result } from '../shared/result.ts';
import { hasAccounts } from '../store/account-store.ts';
import { readFlag } from '../store/flag-store.ts';
import type { Store } from '../store/store.ts';

export type PlannerChoice =
  { readonly by: 'template' | 'command' } | { readonly by: 'executor'; readonly executor: string };

export type ChoosePlanner = (task: PlanningTask, project: Project | null) => Promise<Result<PlannerChoice>>;

/**
 * Who writes a plan: what the project says, else what the setting says. `auto` is the planner command where there is one, else the first program
 * of the table that can work and is not known to be signed out, else the template; it asks no model where nobody chose one and none is there.
 * A proposal without a project has no code to read, so no agent program plans it; and the demo project stays free of models.
 */
export function createPlannerChoice(options: {
  store: Store;
  executors: ExecutorRegistry;
  /** Looks for one program. */
  detect: (name: string) => Promise<Pick<ExecutorInfo, 'usable' | 'signedIn'>>;
}): ChoosePlanner {
  const { store, executors, detect } = options;
  return async (task, project) => {
    const { set, command, table } = store.read((read) => ({
      table: readFlag(read, 'agents.by_task'),
      set: readFlag(read, 'planner.executor'),
      command: readFlag(read, 'planner.command'),
    }));
    const chosen = project?.planner || set;
    if (chosen === 'template') return ok({ by: 'template' });
    if (chosen === 'command')
      return command === ''
        ? fail('no_planner_command', 'The planner is the planner command, and there is none.', {
            hint: 'Set planner.command, or choose another planner.',
          })
        : ok({ by: 'command' });
    if (chosen !== 'auto') {
      const known = executors.get(chosen);
      if (!known.ok) return known;
      return ok(project === null ? { by: 'template' } : { by: 'executor', executor: chosen });
    }
    if (command !== '' && task === 'plan') return ok({ by: 'command' });
    if (project === null || project.demo) return ok({ by: 'template' });
    for (const name of inPlanningOrder(
      task,
      unwrap(readExecutorTable(table)),
      executors.list().map((executor) => executor.name),
    )) {
      const { usable, signedIn } = await detect(name);
      if (usable && (signedIn === 'yes' || store.read((read) => hasAccounts(read, name))))
        return ok({ by: 'executor', executor: name });
    }
    return ok({ by: 'template' });
  };
}
