import { z } from 'zod';

/**
 * The declarative form of an agent program: one JSON file that says how it is found, called and read, so that another command-line agent needs
 * no code. `docs/agents.md` explains every field.
 */

const NAME = /^[a-z][a-z0-9-]{0,30}$/;
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const VERSION = /^\d+(\.\d+){1,2}$/;

/** Where a value stands in a line: names parted by dots, numbers for places in lists. */
const path = z.string().regex(/^[^.\s]+(\.[^.\s]+)*$/, 'Give a path such as “message.content”.');
const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** All must hold: the value at each path is this one, or one of these; `{"exists": true}` asks only whether there is one. */
const conditions = z.record(
  path,
  z.union([plain, z.array(plain).min(1), z.strictObject({ exists: z.boolean() })]),
);
const pattern = z
  .string()
  .min(1)
  .max(500)
  .refine((text) => {
    try {
      return Boolean(new RegExp(text, 'u'));
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
  }, 'This is not a valid regular expression.');

const failureClass = z.enum([
  'rate_limited',
  'auth',
  'refused',
  'network',
  'context_overflow',
  'session_unknown',
  'turn_limit',
  'no_result',
  'crashed',
]);
export type FormFailureClass = z.infer<typeof failureClass>;

/** Placeholders of arguments and environment. */
export const PLACEHOLDERS = ['prompt', 'model', 'session', 'turns', 'worktree', 'folder'] as const;
export const CONDITIONS = [
  'model',
  'session',
  'turns',
  'strict',
  'balanced',
  'trusted',
  'reading',
  'mcp',
] as const;
export type FormCondition = (typeof CONDITIONS)[number];

const template = z
  .string()
  .max(4_000)
  .superRefine((text, context) => {
    for (const [, name = ''] of text.matchAll(/\{([A-Za-z]+)\}/gu))
      if (!PLACEHOLDERS.some((known) => known === name))
        context.addIssue({
          code: 'custom',
          message: `There is no placeholder {${name}}; there are {${PLACEHOLDERS.join('}, {')}}.`,
        });
  });
interface ConditionalArgument {
  readonly if: FormCondition;
  readonly then: readonly FormArgument[];
  readonly else: readonly FormArgument[];
}
export type FormArgument = string | ConditionalArgument;
const argument: z.ZodType<FormArgument> = z.union([
  template,
  z.strictObject({
    if: z.enum(CONDITIONS),
    get then() {
      return z.array(argument).max(60).default([]);
    },
    get else() {
      return z.array(argument).max(60).default([]);
    },
  }),
]);

/** All texts and conditions of arguments, whatever holds. */
export function partsOf(args: readonly FormArgument[]): { texts: string[]; conditions: FormCondition[] } {
  const texts: string[] = [];
  const conditions: FormCondition[] = [];
  for (const one of args)
    if (typeof one === 'string') texts.push(one);
    else {
      const within = partsOf([...one.then, ...one.else]);
      texts.push(...within.texts);
      conditions.push(one.if, ...within.conditions);
    }
  return { texts, conditions };
}

const figures = {
  tokensIn: path.optional(),
  /** Part of `tokensIn` unless `cachedApart`. */
  tokensCached: path.optional(),
  tokensOut: path.optional(),
  /** Counted beside `tokensOut`, not within it. */
  tokensReasoning: path.optional(),
  /** US dollars. */
  cost: path.optional(),
  cachedApart: z.boolean().default(false),
};

const rule = z.strictObject({
  when: conditions,
  /** The rule holds for each element of this list; its paths start there. */
  each: path.optional(),
  is: conditions.optional(),
  emit: z.enum(['message', 'reasoning', 'tool_call', 'tool_result', 'retry', 'error', 'nothing']),
  text: path.optional(),
  /** Pieces of one text that come one by one are put together until another event comes. */
  pieces: z.boolean().default(false),
  id: path.optional(),
  tool: path.optional(),
  input: path.optional(),
  /** What must hold for a tool result to be a success; without it every one is. */
  ok: conditions.optional(),
  afterMs: path.optional(),
});
export type FormRule = z.infer<typeof rule>;

const needs: Readonly<Record<FormRule['emit'], readonly (keyof FormRule)[]>> = {
  message: ['text'],
  reasoning: ['text'],
  tool_call: ['tool'],
  tool_result: [],
  retry: [],
  error: ['text'],
  nothing: [],
};

export const agentFormSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1, 'Homer reads version 1 of the form.'),
    name: z.string().regex(NAME, 'Use lower-case letters, digits and hyphens, 31 at most.'),
    label: z.string().min(1).max(60),
    find: z.strictObject({
      programs: z.array(z.string().min(1).max(300)).min(1).max(10),
      /** A program that is a script of Node is started with a Node of at least this version. */
      node: z.string().regex(VERSION, 'Give a version such as “22.0.0”.').default('20.0.0'),
      /** The script to start instead, beside the one that was found. */
      entry: z.string().min(1).max(200).optional(),
      versionArgs: z.array(z.string()).max(5).default(['--version']),
      tested: z
        .strictObject({ from: z.string().regex(VERSION), below: z.string().regex(VERSION) })
        .optional(),
      /** A command that installs it, and a sentence that says how to sign in; shown to people. */
      install: z.string().max(200).optional(),
      signIn: z.string().max(200).optional(),
      signedIn: z
        .strictObject({
          /** Any of these variables, or of these files (`~/` is the home folder). */
          env: z.array(z.string().regex(ENV_NAME)).max(30).default([]),
          files: z.array(z.string().min(1)).max(10).default([]),
        })
        .optional(),
    }),
    passEnv: z
      .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*\*?$/))
      .max(60)
      .default([]),
    signInEnv: z.array(z.string().regex(ENV_NAME)).max(30).default([]),
    /** The variable by which an account's own folder is given. */
    homeEnv: z.string().regex(ENV_NAME).optional(),
    /** How long it takes at most to end in order when it is stopped; as long as other programs when left out. */
    graceMs: z.int().min(200).max(10_000).optional(),
    prompt: z.enum(['stdin', 'argument']),
    args: z.array(argument).max(60),
    env: z.record(z.string().regex(ENV_NAME), template).default({}),
    /** Files of the turn's private folder, which `{folder}` names; removed when the turn is over. */
    files: z.record(z.string().regex(/^[\w-][\w.-]*$/, 'Give a plain file name.'), z.json()).default({}),
    /** A file of that folder which names the program its MCP servers, as `{"mcpServers": {…}}`; Homer's own is all it holds. */
    mcp: z
      .strictObject({
        file: z.string().regex(/^[\w-][\w.-]*$/, 'Give a plain file name.'),
        /** What the program wants said of the server besides its command, arguments and environment. */
        server: z.record(z.string(), z.json()).default({}),
      })
      .optional(),
    /** Its arguments where it speaks the Agent Client Protocol: then its owner is asked, where there is something to ask. */
    acp: z.strictObject({ args: z.array(argument).max(60) }).optional(),
    session: z.array(path).max(5).default([]),
    model: z.array(path).max(5).default([]),
    events: z.array(rule).max(60),
    usage: z
      .strictObject({
        /** Figures of one model call. */
        call: z.strictObject({ when: conditions, ...figures }).optional(),
        /** Figures of the whole: of this run, or of the session since it began. They replace the sum of the calls. */
        total: z.strictObject({ when: conditions, of: z.enum(['run', 'session']), ...figures }).optional(),
      })
      .default({}),
    result: z.strictObject({
      when: conditions,
      /** What must hold for it to tell success. */
      success: conditions,
      /** The last words, where no message told them. */
      text: path.optional(),
      error: path.optional(),
      /** A text that is a failure all the same. */
      failedText: pattern.optional(),
    }),
    /** The first that matches an error, the result of a failed turn, or a line of standard error names its class. */
    errors: z
      .array(z.strictObject({ match: pattern, class: failureClass }))
      .max(40)
      .default([]),
    exitCodes: z.record(z.string().regex(/^\d{1,3}$/, 'Give an exit code.'), failureClass).default({}),
    /** Lines of standard error that tell of a retry; a group named `ms` or `s` is its wait. */
    stderrRetry: pattern.optional(),
    /** When a program that tries again is not waited for any longer: Homer waits better, or takes another account. */
    giveUp: z
      .strictObject({
        afterRetries: z.int().min(1).max(100).default(10),
        /** A wait longer than this. */
        waitMs: z.int().min(1_000).default(60_000),
      })
      .default({ afterRetries: 10, waitMs: 60_000 }),
  })
  .superRefine((form, context) => {
    const { texts, conditions: named } = partsOf(form.args);
    const inArguments = texts.some((text) => text.includes('{prompt}'));
    if ((form.prompt === 'argument') !== inArguments)
      context.addIssue({
        code: 'custom',
        path: ['prompt'],
        message:
          form.prompt === 'argument'
            ? 'No argument holds {prompt}.'
            : 'An argument holds {prompt}, so this must be “argument”.',
      });
    if (form.acp !== undefined && partsOf(form.acp.args).texts.some((text) => text.includes('{prompt}')))
      context.addIssue({
        code: 'custom',
        path: ['acp', 'args'],
        message: 'The protocol hands the prompt over: no argument may hold {prompt}.',
      });
    if (form.mcp !== undefined && Object.hasOwn(form.files, form.mcp.file))
      context.addIssue({
        code: 'custom',
        path: ['mcp', 'file'],
        message: 'This file is among “files” already.',
      });
    if (form.mcp === undefined && named.includes('mcp'))
      context.addIssue({
        code: 'custom',
        path: ['args'],
        message: 'The condition “mcp” needs the field “mcp”.',
      });
    for (const [index, one] of form.events.entries())
      for (const field of needs[one.emit])
        if (one[field] === undefined)
          context.addIssue({
            code: 'custom',
            path: ['events', index, field],
            message: `A rule that emits “${one.emit}” needs this path.`,
          });
  });
export type AgentForm = z.infer<typeof agentFormSchema>;
