import { join } from 'node:path';
import type { JsonObject } from '../../../main/domain/primitives.ts';
import { objectAt } from '../../../main/agents/json-event.ts';
import { endsWithToolResult, maySearch, toolsOf, type Dialect, type OfferedTool } from './conversation.ts';
import type { Scenario } from './scenario.ts';

/** What the model says, whatever way the program speaks. */
export interface Answer {
  readonly text: string;
  readonly call: ToolCall | null;
}

export interface ToolCall {
  readonly tool: string;
  readonly input: JsonObject;
  /** For a tool that takes a free text. */
  readonly free: string | null;
  readonly group?: string | undefined;
  /** Looks for the tool first, with these words. */
  readonly search?: string;
}

/** By the names that agent programs have for them. */
const WRITERS = ['Write', 'write_file', 'write', 'WriteFile', 'create_file'];
const SHELLS = ['Bash', 'exec_command', 'shell_command', 'shell', 'run_shell_command', 'Shell', 'bash'];
const PATHS = ['file_path', 'filePath', 'absolute_path', 'path'];

export function answerOf(scenario: Scenario, dialect: Dialect, body: JsonObject): Answer {
  const words: Answer = { text: scenario.text, call: null };
  if (scenario.name === 'form' && !endsWithToolResult(dialect, body)) {
    const form = pick(['StructuredOutput'], toolsOf(dialect, body));
    if (form)
      return {
        text: 'I will answer in the form.',
        call: { tool: form.name, input: JSON.parse(scenario.text) as JsonObject, free: null },
      };
  }
  if (scenario.name === 'form' && endsWithToolResult(dialect, body)) return { text: 'Done.', call: null };
  if (!['edit', 'shell', 'loop', 'tool'].includes(scenario.name)) return words;
  if (scenario.unless !== '' && JSON.stringify(body).includes(scenario.unless)) return words;
  if (scenario.name !== 'loop' && endsWithToolResult(dialect, body)) return words;
  const tools = toolsOf(dialect, body);
  if (scenario.name === 'tool') {
    const named = tools.find(({ name }) => name.endsWith(scenario.tool));
    if (named !== undefined) return { text: 'I will use a tool.', call: filled(named, {}) };
    if (!maySearch(dialect, body)) return words;
    const search = scenario.tool.replaceAll('_', ' ');
    return { text: 'I look for a tool.', call: { tool: '', input: {}, free: null, search } };
  }
  const call =
    scenario.name === 'edit'
      ? writeCall(scenario, tools)
      : (shellCall(scenario.command, tools, scenario.outside) ??
        (scenario.name === 'loop' ? listCall(tools) : null));
  return call === null ? words : { text: 'I will use a tool.', call };
}

function writeCall(scenario: Scenario, tools: readonly OfferedTool[]): ToolCall | null {
  const { file, content } = scenario;
  const patch = tools.find(({ name, free }) => name === 'apply_patch' && free);
  if (patch) {
    const lines = content.replace(/\n$/u, '').split('\n');
    const text = [
      '*** Begin Patch',
      `*** Add File: ${file}`,
      ...lines.map((line) => `+${line}`),
      '*** End Patch',
      '',
    ];
    return { tool: patch.name, input: {}, free: text.join('\n') };
  }
  const writer = pick(WRITERS, tools);
  if (!writer) return shellCall(`printf %s ${quoted(content)} > ${quoted(file)}`, tools);
  const path = PATHS.find((name) => name in properties(writer)) ?? 'file_path';
  return filled(writer, { [path]: join(scenario.cwd, file), content });
}

function shellCall(command: string, tools: readonly OfferedTool[], outside = ''): ToolCall | null {
  const shell = pick(SHELLS, tools);
  if (!shell) return null;
  const key = 'cmd' in properties(shell) ? 'cmd' : 'command';
  const takesList = objectAt(properties(shell), key)?.['type'] === 'array';
  const escalated =
    outside !== '' && 'sandbox_permissions' in properties(shell)
      ? { sandbox_permissions: 'require_escalated', justification: outside }
      : {};
  return filled(shell, { [key]: takesList ? ['/bin/sh', '-c', command] : command, ...escalated });
}

/** For a program that is given no shell. */
function listCall(tools: readonly OfferedTool[]): ToolCall | null {
  const lister = pick(['list_files'], tools);
  return lister ? filled(lister, {}) : null;
}

function pick(names: readonly string[], tools: readonly OfferedTool[]): OfferedTool | undefined {
  return names.map((name) => tools.find((tool) => tool.name === name)).find((tool) => tool !== undefined);
}

/** With a value for every other argument that the tool cannot do without. */
function filled(tool: OfferedTool, input: JsonObject): ToolCall {
  const needed = Array.isArray(tool.schema['required']) ? tool.schema['required'] : [];
  const whole = { ...input };
  for (const name of needed) {
    if (typeof name !== 'string' || name in whole) continue;
    const type = objectAt(properties(tool), name)?.['type'];
    whole[name] =
      type === 'boolean' ? false : type === 'number' || type === 'integer' ? 1 : type === 'array' ? [] : 'x';
  }
  return { tool: tool.name, input: whole, free: null, group: tool.group };
}

function properties(tool: OfferedTool): JsonObject {
  return objectAt(tool.schema, 'properties') ?? {};
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
