import { z } from 'zod';
import { timeSchema } from '../../domain/primitives.ts';
import { valueList } from '../../domain/value-list.ts';
import { schemaOf } from '../../domain/list-schema.ts';

/** How a turn of the loop ends, as it says itself. */
export const loopEnding = valueList({
  ok: 'Done',
  rate_limited: 'Rate limited',
  auth: 'Key refused',
  refused: 'Refused',
  network: 'Not reached',
  context_overflow: 'Too long for the model',
  session_unknown: 'Session unknown',
  turn_limit: 'Limit on model calls',
  no_result: 'No result',
  crashed: 'Failed',
});

/** What the loop prints: one JSON object a line, of these kinds. Its reader is `local-parser.ts`. */
export const loopLineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session'), id: z.string(), model: z.string() }),
  /** The model is still writing: a sign of life. */
  z.object({ type: z.literal('writing'), characters: z.int() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('reasoning'), text: z.string() }),
  z.object({ type: z.literal('call'), id: z.string(), tool: z.string(), input: z.json() }),
  z.object({
    type: z.literal('result'),
    id: z.string(),
    ok: z.boolean(),
    output: z.string(),
    change: z
      .object({
        path: z.string(),
        change: z.enum(['added', 'modified']),
        additions: z.int(),
        deletions: z.int(),
      })
      .nullable(),
  }),
  z.object({ type: z.literal('retry'), reason: z.string(), afterMs: z.int() }),
  /** Of one call of the model, as the endpoint told it. */
  z.object({
    type: z.literal('usage'),
    tokensIn: z.int(),
    tokensOut: z.int(),
    tokensCached: z.int(),
    tokensReasoning: z.int(),
    costMicroUsd: z.int().nullable(),
  }),
  /** Something a person should know. */
  z.object({ type: z.literal('note'), text: z.string() }),
  z.object({
    type: z.literal('end'),
    class: schemaOf(loopEnding),
    message: z.string(),
    resetsAt: timeSchema.nullable(),
  }),
]);
export type LoopLine = z.infer<typeof loopLineSchema>;
export type Say = (line: LoopLine) => void;
