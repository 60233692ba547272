import type { JsonObject } from '../../../main/domain/primitives.ts';
import { isObject, objectAt, objectsAt, textAt } from '../../../main/agents/json-event.ts';

/** Ways in which a program speaks to its model. */
export type Dialect = 'anthropic' | 'responses' | 'chat' | 'gemini';

export interface OfferedTool {
  readonly name: string;
  /** A free text instead of arguments. */
  readonly free: boolean;
  readonly schema: JsonObject;
  /** Where a program has its tools in groups. */
  readonly group?: string;
}

export function dialectOf(path: string): Dialect | null {
  if (path.endsWith('/messages')) return 'anthropic';
  if (path.endsWith('/responses')) return 'responses';
  if (path.endsWith('/chat/completions')) return 'chat';
  return /:(stream)?generateContent$/iu.test(path) ? 'gemini' : null;
}

/** The tools that a request lets the model call. */
export function toolsOf(dialect: Dialect, body: JsonObject): OfferedTool[] {
  const of = (name: string, schema: JsonObject | undefined, free = false): OfferedTool[] =>
    name === '' ? [] : [{ name, free, schema: schema ?? {} }];
  const tools = objectsAt(body, 'tools');
  switch (dialect) {
    case 'anthropic':
      return tools.flatMap((tool) => of(textAt(tool, 'name'), objectAt(tool, 'input_schema')));
    case 'chat':
      return tools.flatMap((tool) => {
        const made = objectAt(tool, 'function');
        return of(textAt(made, 'name'), objectAt(made, 'parameters'));
      });
    case 'responses': {
      const found = objectsAt(body, 'input').filter(({ type }) => type === 'tool_search_output');
      return [
        ...tools.flatMap((tool) =>
          tool['type'] === 'function' || tool['type'] === 'custom'
            ? of(textAt(tool, 'name'), objectAt(tool, 'parameters'), tool['type'] === 'custom')
            : [],
        ),
        ...found
          .flatMap((item) => objectsAt(item, 'tools'))
          .flatMap((group) =>
            objectsAt(group, 'tools').map((tool) => ({
              name: textAt(tool, 'name'),
              free: false,
              schema: objectAt(tool, 'parameters') ?? {},
              group: textAt(group, 'name'),
            })),
          ),
      ];
    }
    case 'gemini':
      return tools.flatMap((group) =>
        objectsAt(group, 'functionDeclarations').flatMap((tool) =>
          of(textAt(tool, 'name'), objectAt(tool, 'parametersJsonSchema') ?? objectAt(tool, 'parameters')),
        ),
      );
  }
}

const MOST_SEARCHES = 40;

/** Whether tools are to be searched for, and were not found yet: servers of tools may still be starting. */
export function maySearch(dialect: Dialect, body: JsonObject): boolean {
  return (
    dialect === 'responses' &&
    objectsAt(body, 'tools').some(({ type }) => type === 'tool_search') &&
    objectsAt(body, 'input').filter(({ type }) => type === 'tool_search_output').length < MOST_SEARCHES
  );
}

/** Whether the newest word of the conversation is what a tool gave. */
export function endsWithToolResult(dialect: Dialect, body: JsonObject): boolean {
  switch (dialect) {
    case 'anthropic': {
      const last = objectsAt(body, 'messages').findLast(({ role }) => role !== 'system');
      return (
        last?.['role'] === 'user' && objectsAt(last, 'content').some(({ type }) => type === 'tool_result')
      );
    }
    case 'chat': {
      const last = objectsAt(body, 'messages').findLast(
        ({ role }) => role === 'tool' || role === 'assistant',
      );
      return last?.['role'] === 'tool';
    }
    case 'responses': {
      const last = objectsAt(body, 'input').findLast(
        (item) =>
          textAt(item, 'type').endsWith('_output') || (item['type'] === 'message' && item['role'] === 'user'),
      );
      return last !== undefined && last['type'] !== 'message' && last['type'] !== 'tool_search_output';
    }
    case 'gemini': {
      const last = objectsAt(body, 'contents').at(-1);
      return objectsAt(last, 'parts').some((part) => isObject(part['functionResponse']));
    }
  }
}
