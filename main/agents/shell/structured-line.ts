import { runEventPayloads, type NewRunEvent } from '../../domain/run/run-event.ts';

/**
 * How a script shows structure: a line of standard output that is one JSON object whose `homer` names an event.
 *
 *     {"homer":"message","text":"Reading the failing test"}
 *     {"homer":"reasoning","text":"The sum starts at one"}
 *     {"homer":"tool_call","id":"1","tool":"edit","input":{"path":"src/sum.js"}}
 *     {"homer":"tool_result","id":"1","ok":true,"output":"1 line changed"}
 *     {"homer":"file_change","path":"src/sum.js","change":"modified","additions":1,"deletions":1}
 *     {"homer":"usage","tokensIn":1200,"tokensOut":80,"tokensCached":0,"costMicroUsd":0}
 *
 * A script that calls an agent program may also say how that ended; the class counts when the script itself ends with a failure:
 *
 *     {"homer":"ending","class":"rate_limited","resetsAt":"2026-01-01T15:00:00.000Z",
 *      "windows":[{"name":"five_hour","used":1,"resetsAt":"2026-01-01T15:00:00.000Z","status":"rejected"}],"sessionId":"s-1"}
 *
 * Figures and ids that are left out count as nothing, and a cost that is left out as not known. A line that does not fit is plain output.
 */
const DEFAULTS = {
  message: {},
  reasoning: {},
  tool_call: { id: '', input: null },
  tool_result: { id: '', ok: true, output: '' },
  file_change: { change: 'modified', additions: 0, deletions: 0 },
  usage: { tokensIn: 0, tokensOut: 0, tokensCached: 0, costMicroUsd: null },
} as const;
type StructuredType = keyof typeof DEFAULTS;

export type StructuredEvent = Extract<NewRunEvent, { type: StructuredType }>;

export function parseStructuredLine(step: number, text: string): StructuredEvent | undefined {
  if (!text.startsWith('{') || !text.includes('"homer"')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('homer' in value)) return undefined;
    const type = value.homer;
    if (!isStructuredType(type)) return undefined;
    const parsed = runEventPayloads[type].safeParse({ ...DEFAULTS[type], ...value, step });
    return parsed.success ? ({ type, payload: parsed.data } as StructuredEvent) : undefined;
  } catch (error) {
    // Not JSON, or nested so deep that checking it overflows the stack: the caller keeps the line as plain output.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function isStructuredType(type: unknown): type is StructuredType {
  return typeof type === 'string' && Object.hasOwn(DEFAULTS, type);
}
