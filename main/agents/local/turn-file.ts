import { z } from 'zod';
import { pathPolicySchema } from '../../domain/risk/path-policy.ts';
import { riskProfile } from '../../domain/risk/gate.ts';
import { schemaOf } from '../../domain/list-schema.ts';

/** What the loop is told of its turn, in a file of the turn's own folder. No secret is in it: the key comes by the environment. */
export const turnFileSchema = z.object({
  version: z.literal(1),
  worktree: z.string(),
  promptFile: z.string().nullable(),
  /** Address of the endpoint, up to and with its `/v1`. */
  baseUrl: z.string(),
  /** Null: the only model the endpoint has. */
  model: z.string().nullable(),
  /** Tokens that the model can hold, when the owner says so; null: as the endpoint tells. */
  contextTokens: z.int().nullable(),
  sessionId: z.string().nullable(),
  /** Folder of the conversations. */
  sessions: z.string(),
  policy: pathPolicySchema,
  riskProfile: schemaOf(riskProfile),
  /** Nothing is changed and nothing run: the turn only answers. */
  reading: z.boolean(),
  testCommand: z.string().nullable(),
  /** Calls of the model this turn may take. */
  callLimit: z.int(),
  /** For one command of a tool. */
  commandLimitMs: z.int(),
  tag: z.string(),
  /** Socket of the host, for the tools of Homer; its token comes by the environment. Null: there are none. */
  door: z.string().nullable(),
});
export type TurnFile = z.infer<typeof turnFileSchema>;

/** Variable that holds the token for `door`. */
export const TOKEN_VARIABLE = 'HOMER_MCP_TOKEN';
/** Variable that holds the key of the endpoint. */
export const KEY_VARIABLE = 'HOMER_LOCAL_API_KEY';
