import type { DoorReply } from '../../domain/agent/tools.ts';
import type { JsonObject } from '../../domain/primitives.ts';
import { objectsAt, textAt } from '../json-event.ts';
import type { AcpCall } from './tool-calls.ts';

/** What the host is asked: the tool, and what it would do in the words that `judgePermission` reads. */
export interface PermissionAsk {
  readonly tool_name: string;
  readonly input: JsonObject;
}

/** Longer names are no names. */
const LONGEST_NAME = 200;
const TOUCHES = ['read', 'edit', 'delete', 'move', 'search'];

/**
 * What a program asks leave for, as the host is asked. The input as the program tells it goes first. Where it tells none, a title stands for the
 * command, since the kinds of the protocol say what a title is of; whatever fits nothing is told whole, and is then granted only as it was told.
 */
export function permissionAsk(call: AcpCall): PermissionAsk {
  const tool_name = call.tool.slice(0, LONGEST_NAME);
  if (call.input !== null) return { tool_name, input: call.input };
  if (call.kind === 'execute' && call.title !== '') return { tool_name, input: { command: call.title } };
  const paths = [...new Set([...call.diffs.map(({ path }) => path), ...call.paths])];
  const [path] = paths;
  if (TOUCHES.includes(call.kind) && path !== undefined && paths.length === 1)
    return { tool_name, input: { path } };
  return { tool_name, input: { title: call.title, ...(paths.length > 0 ? { paths } : {}) } };
}

/** The answer to the program. What the owner allows is allowed once: what holds for longer, Homer keeps itself, and only as it was shown. */
export function outcomeOf(params: JsonObject, reply: DoorReply): JsonObject {
  const options = objectsAt(params, 'options');
  const wanted = reply.state === 'allowed' ? 'allow_once' : 'reject_once';
  const optionId = textAt(
    options.find((option) => option['kind'] === wanted),
    'optionId',
  );
  return outcome(optionId || null);
}

/** Null: none of the options. */
export function outcome(optionId: string | null): JsonObject {
  return {
    outcome: optionId === null ? { outcome: 'cancelled' } : { outcome: 'selected', optionId },
  };
}

const OWN_TOOL = /^mcp__homer__(?:propose_idea|ask_owner|report_progress|get_goals|get_run_context)$/u;

/** The tools of Homer's own server need no leave: they are how the agent speaks to its owner. A command may be called what it likes. */
export function isOwnTool({ tool, kind }: AcpCall): boolean {
  return kind !== 'execute' && OWN_TOOL.test(tool);
}

/** What the agent is told besides: the protocol has no place for why something was denied. */
export function deniedWords(call: AcpCall, reply: DoorReply): string | null {
  if (reply.state === 'allowed') return null;
  const what = (call.title || call.tool).slice(0, 500);
  return `You may not do “${what}”. ${'text' in reply ? reply.text : ''}`.trim();
}
