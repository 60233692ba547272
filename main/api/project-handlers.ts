import { isAbsolute } from 'node:path';
import type { Project } from '../domain/project/project.ts';
import { defaultSensitivePatterns } from '../domain/risk/gate.ts';
import { defaultPathPolicy } from '../domain/risk/path-policy.ts';
import { fail, FailureError, ok, type Refusal, type Result } from '../shared/result.ts';
import type { Read, Write } from '../store/database.ts';
import {
  countOpenProposals,
  countProjectRuns,
  findProjectByPath,
  getProject,
  insertProject,
  listProjects,
  projectNameTaken,
  removeProject,
  updateProject,
} from '../store/project-store.ts';
import { insertSource } from '../store/source-store.ts';
import type { ProjectSummary } from '../../preload/contract/project.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { given } from './given.ts';

const TEST_TIMEOUT_MS = 15 * 60_000;

export function projectHandlers({
  store,
  ports,
  scope,
  testChecks,
}: ApiOptions): Pick<Handlers, `project.${string}` & keyof Handlers> {
  const abort = new AbortController();
  scope.add('project checks', () => {
    abort.abort();
  });

  const summary = (read: Read, project: Project): ProjectSummary => ({
    ...project,
    openProposals: countOpenProposals(read, project.id),
    activeRuns: countProjectRuns(read, project.id).active,
    problem: ports.problemOf(project),
  });

  /** A path that is not whole would mean the folder the host happens to run in, not the caller's. */
  const look = (path: string): ReturnType<typeof ports.inspect> =>
    isAbsolute(path) || path.startsWith('~')
      ? ports.inspect(path)
      : Promise.resolve(
          fail('relative_path', `The path ${path} does not begin at the top of the disk.`, {
            hint: 'Give the whole path of the folder, such as /home/you/code/parser or ~/code/parser.',
          }),
        );

  const add = async (
    input: {
      path: string;
      name?: string | undefined;
      testCommand?: string | undefined;
      setupCommand?: string | undefined;
      shellCommand?: string | undefined;
      riskProfile?: Project['riskProfile'] | undefined;
      maxRuns?: Project['maxRuns'] | undefined;
      planner?: Project['planner'] | undefined;
      demo?: boolean;
    },
    actor: string,
  ): Promise<Result<ProjectSummary>> => {
    const inspected = await look(input.path);
    if (!inspected.ok) return inspected;
    const seen = inspected.value;
    const before = store.read((read) => findProjectByPath(read, seen.path));
    if (before)
      return fail('project_exists', `This repository is here already, as ${before.name}.`, {
        hint: 'Change its settings instead of adding it again.',
        details: { id: before.id },
      });
    return store.tryWrite((write) => {
      if (input.name !== undefined && projectNameTaken(write, input.name)) throw nameTaken(input.name);
      const project = insertProject(
        write,
        {
          name: input.name ?? freeName(write, seen.name),
          localPath: seen.path,
          defaultBranch: seen.defaultBranch,
          testCommand: input.testCommand ?? seen.testCommand,
          setupCommand: input.setupCommand ?? seen.setupCommand,
          testTimeoutMs: TEST_TIMEOUT_MS,
          pathPolicy: defaultPathPolicy,
          riskProfile: input.riskProfile ?? 'strict',
          sensitivePatterns: [...defaultSensitivePatterns],
          defaultExecutor: 'shell',
          shellCommand: input.shellCommand ?? '',
          autoApply: false,
          maxRuns: input.maxRuns ?? null,
          planner: input.planner ?? '',
          demo: input.demo ?? false,
        },
        actor,
      );
      if (input.name !== undefined && projectNameTaken(write, input.name, project.id))
        throw nameTaken(input.name);
      insertSource(write, 'todo', project.id, write.now);
      insertSource(write, 'failing_test', project.id, write.now);
      return summary(write, project);
    });
  };

  return {
    'project.list': () =>
      ok(store.read((read) => listProjects(read).map((project) => summary(read, project)))),
    'project.get': ({ id }) => ok(store.read((read) => summary(read, getProject(read, id)))),
    'project.inspect': ({ path }) => look(path),
    'project.add': (input, { actor }) => add(input, actor.name),
    'project.addDemo': async (_input, { actor }) => {
      const demo = await ports.createDemo();
      if (!demo.ok) return demo;
      const before = store.read((read) => findProjectByPath(read, demo.value.path));
      if (before) return ok(store.read((read) => summary(read, before)));
      return add({ ...demo.value, setupCommand: '', demo: true }, actor.name);
    },
    'project.update': ({ id, version, settings }, { actor }) =>
      store.tryWrite((write) => {
        if (settings.name !== undefined && projectNameTaken(write, settings.name, id))
          throw nameTaken(settings.name);
        return summary(write, updateProject(write, id, version, given(settings), actor.name));
      }),
    'project.remove': ({ id, version }, { actor }) =>
      store.tryWrite((write) => {
        const { active } = countProjectRuns(write, id);
        if (active > 0)
          throw new FailureError({
            tag: 'project_busy',
            message: `This project has ${active === 1 ? 'an unfinished run' : `${String(active)} unfinished runs`}.`,
            hint: 'Stop or finish them first.',
          });
        removeProject(write, id, version, actor.name);
        return { id };
      }),
    'project.startCheck': ({ id }) => {
      const project = store.read((read) => getProject(read, id));
      return project.testCommand === '' ? noTestCommand(project) : testChecks.start(project);
    },
    'project.check': ({ id }) => {
      store.read((read) => getProject(read, id));
      return ok(testChecks.find(id));
    },
    'project.stopCheck': async ({ id }) => {
      store.read((read) => getProject(read, id));
      return ok(await testChecks.stop(id));
    },
    'project.branches': ({ id }) => ports.branches(store.read((read) => getProject(read, id))),
    'project.deleteBranch': async ({ id, ...branch }) => {
      const project = store.read((read) => getProject(read, id));
      const deleted = await ports.deleteBranch(project, branch);
      return deleted.ok ? ok({ name: branch.name }) : deleted;
    },
    'project.checkTests': ({ id }) => {
      const project = store.read((read) => getProject(read, id));
      return project.testCommand === '' ? noTestCommand(project) : ports.test(project, abort.signal);
    },
  };
}

function noTestCommand(project: Project): Refusal {
  return fail('no_test_command', `${project.name} has no test command.`, {
    hint: 'Set one in the project, then check again.',
  });
}

function nameTaken(name: string): FailureError {
  return new FailureError({
    tag: 'project_exists',
    message: `There is already a project called ${name}.`,
    hint: 'Give this one another name.',
  });
}

function freeName(write: Write, name: string): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name} ${String(count)}`;
    if (!projectNameTaken(write, candidate)) return candidate;
  }
}
