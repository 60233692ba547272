import type { Project, ProjectSettings } from '../domain/project/project.ts';
import type { PathPolicy } from '../domain/risk/path-policy.ts';
import type { RiskProfile, SensitivePattern } from '../domain/risk/gate.ts';
import type { Read, Row, Write } from './database.ts';
import { bool, int, intOrNull, json, notFound, staleVersion, text } from './row.ts';
import { forgetRunsOf } from './search-index-store.ts';

function toProject(row: Row): Project {
  return {
    id: text(row, 'id'),
    version: int(row, 'version'),
    name: text(row, 'name'),
    localPath: text(row, 'local_path'),
    defaultBranch: text(row, 'default_branch'),
    testCommand: text(row, 'test_command'),
    setupCommand: text(row, 'setup_command'),
    testTimeoutMs: int(row, 'test_timeout_ms'),
    pathPolicy: json<PathPolicy>(row, 'path_policy'),
    riskProfile: text(row, 'risk_profile') as RiskProfile,
    sensitivePatterns: json<SensitivePattern[]>(row, 'sensitive_patterns'),
    defaultExecutor: text(row, 'default_executor'),
    shellCommand: text(row, 'shell_command'),
    autoApply: bool(row, 'auto_apply'),
    maxRuns: intOrNull(row, 'max_runs'),
    planner: text(row, 'planner'),
    demo: bool(row, 'demo'),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  };
}

export function listProjects(read: Read): Project[] {
  return read.prepare('SELECT * FROM project ORDER BY name COLLATE NOCASE').all().map(toProject);
}

export function findProject(read: Read, id: string): Project | null {
  const row = read.prepare('SELECT * FROM project WHERE id = ?').get(id);
  return row ? toProject(row) : null;
}

/** The project; throws `not_found`. */
export function getProject(read: Read, id: string): Project {
  const project = findProject(read, id);
  if (!project) throw notFound('project', id);
  return project;
}

export function findProjectByPath(read: Read, localPath: string): Project | null {
  const row = read.prepare('SELECT * FROM project WHERE local_path = ?').get(localPath);
  return row ? toProject(row) : null;
}

export function projectNameTaken(read: Read, name: string, exceptId = ''): boolean {
  return (
    read
      .prepare('SELECT 1 AS one FROM project WHERE name = ? COLLATE NOCASE AND id <> ?')
      .get(name, exceptId) !== undefined
  );
}

export function insertProject(
  write: Write,
  project: ProjectSettings & { localPath: string; demo: boolean },
  actor: string,
): Project {
  const id = write.nextId();
  write
    .prepare(
      `INSERT INTO project (id, name, local_path, default_branch, test_command, setup_command, test_timeout_ms, path_policy,
         risk_profile, sensitive_patterns, default_executor, shell_command, auto_apply, max_runs, planner, demo, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(id, ...settingsValues(project), project.demo ? 1 : 0, write.now, write.now);
  write.emit({
    type: 'projectAdded',
    entity: 'project',
    entityId: id,
    actor,
    payload: { name: project.name },
  });
  return getProject(write, id);
}

function settingsValues(project: ProjectSettings & { localPath: string }): (string | number | null)[] {
  return [
    project.name,
    project.localPath,
    project.defaultBranch,
    project.testCommand,
    project.setupCommand,
    project.testTimeoutMs,
    JSON.stringify(project.pathPolicy),
    project.riskProfile,
    JSON.stringify(project.sensitivePatterns),
    project.defaultExecutor,
    project.shellCommand,
    project.autoApply ? 1 : 0,
    project.maxRuns,
    project.planner,
  ];
}

/** Throws `stale_version` when the project changed since `version`. */
export function updateProject(
  write: Write,
  id: string,
  version: number,
  settings: Partial<ProjectSettings>,
  actor: string,
): Project {
  const before = getProject(write, id);
  const after = { ...before, ...settings };
  const { changes } = write
    .prepare(
      `UPDATE project SET name = ?, local_path = ?, default_branch = ?, test_command = ?, setup_command = ?, test_timeout_ms = ?,
         path_policy = ?, risk_profile = ?, sensitive_patterns = ?, default_executor = ?, shell_command = ?, auto_apply = ?, max_runs = ?, planner = ?,
         version = version + 1, updated_at = ? WHERE id = ? AND version = ?`,
    )
    .run(...settingsValues(after), write.now, id, version);
  if (changes !== 1) throw staleVersion('project');
  write.emit({
    type: 'projectUpdated',
    entity: 'project',
    entityId: id,
    actor,
    payload: { changed: Object.keys(settings) },
  });
  return getProject(write, id);
}

export function countProjectRuns(read: Read, id: string): { active: number; all: number } {
  const row = read
    .prepare(
      `SELECT COUNT(*) AS total, COALESCE(SUM(status IN ('draft', 'queued', 'running', 'validating', 'blocked', 'paused', 'review')), 0) AS active
       FROM run WHERE project_id = ?`,
    )
    .get(id);
  return { active: row ? int(row, 'active') : 0, all: row ? int(row, 'total') : 0 };
}

export function countOpenProposals(read: Read, id: string): number {
  const row = read
    .prepare(
      `SELECT COUNT(*) AS open FROM proposal WHERE project_id = ? AND stage IN ('idea', 'research', 'plan')`,
    )
    .get(id);
  return row ? int(row, 'open') : 0;
}

/** Forgets a project with its runs, intents and sources; proposals stay, unlinked. Decisions stay: they are history. */
export function removeProject(write: Write, id: string, version: number, actor: string): void {
  const project = getProject(write, id);
  if (project.version !== version) throw staleVersion('project');
  forgetRunsOf(write, id);
  write.prepare('UPDATE run SET retry_of_run_id = NULL WHERE project_id = ?').run(id);
  write.prepare('DELETE FROM run WHERE project_id = ?').run(id);
  write.prepare('DELETE FROM intent WHERE project_id = ?').run(id);
  write.prepare('DELETE FROM project WHERE id = ?').run(id);
  write.emit({
    type: 'projectRemoved',
    entity: 'project',
    entityId: id,
    actor,
    payload: { name: project.name },
  });
}
