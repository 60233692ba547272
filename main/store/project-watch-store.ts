import type { Read, Write } from './database.ts';
import { text } from './row.ts';

/** Where a project's branch stood when it was last looked at; null before the first look. */
export function getWatch(read: Read, projectId: string): { branch: string; commit: string } | null {
  const row = read.prepare('SELECT branch, commit_id FROM project_watch WHERE project_id = ?').get(projectId);
  return row ? { branch: text(row, 'branch'), commit: text(row, 'commit_id') } : null;
}

export function putWatch(write: Write, projectId: string, branch: string, commit: string): void {
  write
    .prepare(
      `INSERT INTO project_watch (project_id, branch, commit_id, updated_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (project_id) DO UPDATE SET branch = excluded.branch, commit_id = excluded.commit_id, updated_at = excluded.updated_at`,
    )
    .run(projectId, branch, commit, write.now);
}

/** The newest run of a project that was applied, or rolled back, as this commit, among its last 200. */
export function findRunThatMade(read: Read, projectId: string, commit: string): string | null {
  const row = read
    .prepare(
      `SELECT id FROM (SELECT id, applied_commit, rolled_back_commit FROM run WHERE project_id = ? ORDER BY number DESC LIMIT 200)
       WHERE ? IN (applied_commit, rolled_back_commit)`,
    )
    .get(projectId, commit);
  return row ? text(row, 'id') : null;
}
