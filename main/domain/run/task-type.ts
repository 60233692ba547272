import { fail, ok, type Result } from '../../shared/result.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** In the place of an executor's name: Homer chooses one by the kind of task, when the run is claimed. */
export const AUTO = 'auto';
export const AUTO_LABEL = 'Automatic';

/** Kinds of task that differ in which program does them well. */
export const taskType = valueList({
  code: 'Code',
  research: 'Research',
  long_documents: 'Long documents',
  local: 'On this machine only',
});
export type TaskType = ValueOf<typeof taskType>;

/** Executors for each kind of task, the preferred first. */
export type ExecutorTable = Readonly<Record<TaskType, readonly string[]>>;

export const executorTableText =
  'code: codex, claude; research: gemini; long_documents: kimi; local: local, ollama';

/** Reads `code: codex, claude; research: gemini`; a kind that is left out has none. */
export function readExecutorTable(text: string): Result<ExecutorTable> {
  const table = Object.fromEntries(taskType.values.map((kind) => [kind, [] as string[]])) as Record<
    TaskType,
    string[]
  >;
  const seen = new Set<string>();
  for (const part of text
    .split(';')
    .map((it) => it.trim())
    .filter(Boolean)) {
    const [head = '', names, ...more] = part.split(':').map((it) => it.trim());
    const kind = schemaOf(taskType).safeParse(head);
    if (!kind.success || names === undefined || more.length > 0)
      return wrong(`“${part}” does not begin with one of ${taskType.values.join(', ')} and a colon.`);
    if (seen.has(kind.data)) return wrong(`${kind.data} stands there twice.`);
    seen.add(kind.data);
    for (const name of names
      .split(',')
      .map((it) => it.trim())
      .filter(Boolean)) {
      if (!/^[a-z0-9][a-z0-9_-]{0,39}$/u.test(name) || name === AUTO)
        return wrong(`“${name}” is not the name of an executor.`);
      if (table[kind.data].includes(name)) return wrong(`${kind.data} names ${name} twice.`);
      table[kind.data].push(name);
    }
  }
  return ok(table);
}

function wrong(message: string): Result<never> {
  return fail('invalid_input', message, { hint: `Write it such as ${executorTableText}.` });
}
