import { ok } from '../../../shared/result.ts';
import type { ProjectProbe, SourceReader } from '../../ports.ts';
import { parseTodos, TODO_SEARCH } from './parse-todo.ts';

/** TODO, FIXME, HACK and XXX comments of tracked files; read again whenever the project's commit changed. */
export function createTodoSource(probe: ProjectProbe): SourceReader {
  return {
    type: 'todo',
    async read(project, { cursor, force }) {
      const head = await probe.head(project);
      if (!head.ok) return head;
      if (!force && head.value === cursor) return ok({ signals: [], cursor, skipped: true });
      const lines = await probe.search(project, TODO_SEARCH);
      if (!lines.ok) return lines;
      return ok({ signals: parseTodos(project.id, lines.value), cursor: head.value, skipped: false });
    },
  };
}
