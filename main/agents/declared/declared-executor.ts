import { join } from 'node:path';
import type { SignedIn } from '../../domain/account/signed-in.ts';
import { fail, ok } from '../../shared/result.ts';
import { acpCommand } from '../acp/acp-command.ts';
import { createAcpParser } from '../acp/acp-parser.ts';
import { asksOwner } from '../acp/asks-owner.ts';
import { createSpokenParser } from '../driver/spoken-parser.ts';
import type { CommandPlace, DetectionRoom, Executor, ExecutorCommand, TurnParser } from '../executor.ts';
import { foundInfo, notFoundInfo } from '../found-info.ts';
import { locateProgram } from '../locate-program.ts';
import { askVersion, launchOf, type Launch, type NodeNeed } from '../node-program.ts';
import { programMissing } from '../program-missing.ts';
import { isFile } from '../read-head.ts';
import type { McpGrant, RunOrder } from '../runner.ts';
import {
  partsOf,
  type AgentForm,
  type FormArgument,
  type FormCondition,
  type PLACEHOLDERS,
} from './agent-form.ts';
import { createDeclaredParser } from './declared-parser.ts';
import { compileForm } from './declared-reading.ts';

/** What Linux takes as one argument. */
const LONGEST_ARGUMENT = 128 * 1024 - 1;

/** An executor by its form. */
export function createDeclaredExecutor(
  form: AgentForm,
  /** The host's environment: where programs are looked for. */
  env: Readonly<Record<string, string | undefined>>,
  /** The owner's file it stands in; null for one that comes with Homer. */
  file: string | null = null,
  /** How the driver of the Agent Client Protocol is started; null: it is not, and nothing is asked. */
  driver: () => Launch | null = () => null,
): Executor {
  const { name, label, find } = form;
  const need: NodeNeed = {
    label,
    node: find.node,
    ...(find.entry === undefined ? {} : { entry: find.entry }),
  };
  const reading = compileForm(form);
  return {
    name,
    label,
    takesMcp: form.mcp !== undefined || form.acp !== undefined,
    ...(form.graceMs === undefined ? {} : { graceMs: form.graceMs }),
    guide: {
      install: find.install ?? '',
      signIn: find.signIn ?? '',
      tested: find.tested ?? null,
      file,
    },
    passEnv: form.passEnv,
    signInEnv: form.signInEnv,
    async detect(room) {
      const found = await askVersion(find.programs, need, room, find.versionArgs);
      if (!found) return notFoundInfo(name, label);
      return foundInfo(name, label, found, find.tested ?? null, signedIn(form, room));
    },
    command(order, at) {
      const located = find.programs
        .map((program) => locateProgram(program, env))
        .find((one) => one !== undefined);
      if (!located) return programMissing(find.programs.join(' or '), label);
      const launch = launchOf(located, need, env);
      if (!launch.ok) return launch;
      const { account } = order;
      if (account?.home && form.homeEnv === undefined)
        return fail('account_unfit', `${label} has no folder of its own for the account ${account.label}.`, {
          hint: 'Give the account a key instead, or name the variable in the field “homeEnv” of the agent’s file.',
        });
      const fill = filler(order, at);
      const args = argumentsOf(form.args, order).map(fill);
      if (args.some((one) => Buffer.byteLength(one) > LONGEST_ARGUMENT))
        return fail('prompt_too_long', `${label} takes a prompt of at most 128 KiB.`, {
          hint: 'Shorten the goal, the plan or the answers, or choose another executor.',
        });
      const plain: ExecutorCommand = {
        program: launch.value.program,
        args: [...launch.value.args, ...args],
        env: {
          ...Object.fromEntries(Object.entries(form.env).map(([key, value]) => [key, fill(value)])),
          ...(account?.home && form.homeEnv !== undefined ? { [form.homeEnv]: account.home } : {}),
        },
        stdin: form.prompt === 'stdin' ? 'prompt' : 'nothing',
        files: [
          ...Object.entries(form.files).map(([path, value]) => ({
            path,
            text: typeof value === 'string' ? value : JSON.stringify(value),
          })),
          ...(form.mcp === undefined || order.mcp === null
            ? []
            : [{ path: form.mcp.file, text: JSON.stringify(serversOf(order.mcp, form.mcp.server)) }]),
        ],
      };
      const asking = form.acp !== undefined && asksOwner(order) ? driver() : null;
      if (form.acp === undefined || asking === null || order.mcp === null) return ok(plain);
      const { worktree, sessionId, model, mcp } = order;
      return ok(
        acpCommand(asking, plain, at, {
          args: [...launch.value.args, ...argumentsOf(form.acp.args, order).map(fill)],
          worktree,
          sessionId,
          model,
          mcp,
          server: { command: mcp.program, args: mcp.args },
        }),
      );
    },
    createParser: (turn) => {
      // A program that holds itself to its limit is left to it: it can still say what it did.
      const turnLimit = takesTurns(form) ? null : turn.turnLimit;
      const plain = (): TurnParser => createDeclaredParser(reading, label, { ...turn, turnLimit });
      if (form.acp === undefined) return plain();
      return createSpokenParser(turn, label, { acp: () => createAcpParser(turn, label), plain });
    },
  };
}

function takesTurns({ args }: AgentForm): boolean {
  return partsOf(args).texts.some((text) => text.includes('{turns}'));
}

/** The arguments whose conditions hold. */
function argumentsOf(args: readonly FormArgument[], order: RunOrder): string[] {
  const reading = order.reading !== undefined;
  const holds: Readonly<Record<FormCondition, boolean>> = {
    model: order.model !== null,
    session: order.sessionId !== null,
    turns: order.turnLimit !== null,
    // A turn that only reads is held to the least its program knows.
    strict: reading || order.riskProfile === 'strict',
    balanced: !reading && order.riskProfile === 'balanced',
    trusted: !reading && order.riskProfile === 'trusted',
    reading,
    mcp: order.mcp !== null,
  };
  const pick = (some: readonly FormArgument[]): string[] =>
    some.flatMap((one) => (typeof one === 'string' ? [one] : pick(holds[one.if] ? one.then : one.else)));
  return pick(args);
}

/** As most programs read it. */
function serversOf({ program, args, token }: McpGrant, more: object): object {
  return { mcpServers: { homer: { ...more, command: program, args, env: { HOMER_MCP_TOKEN: token } } } };
}

/** Puts values in the place of placeholders, all in one go: what a value holds is never looked at again. */
function filler(order: RunOrder, at: CommandPlace): (text: string) => string {
  const values: Readonly<Record<(typeof PLACEHOLDERS)[number], string>> = {
    prompt: order.prompt,
    model: order.model ?? '',
    session: order.sessionId ?? '',
    turns: order.turnLimit === null ? '' : String(order.turnLimit),
    worktree: order.worktree,
    folder: at.folder,
  };
  return (text) =>
    text.replaceAll(/\{([a-z]+)\}/gu, (whole, name: string) =>
      Object.hasOwn(values, name) ? values[name as keyof typeof values] : whole,
    );
}

function signedIn({ find: { signedIn: signs } }: AgentForm, { env }: DetectionRoom): SignedIn {
  if (!signs) return 'unknown';
  if (signs.env.some((name) => env[name])) return 'yes';
  const home = env['HOME'];
  if (signs.files.length === 0 || !home) return signs.files.length === 0 ? 'no' : 'unknown';
  return signs.files.some((file) => isFile(file.startsWith('~/') ? join(home, file.slice(2)) : file))
    ? 'yes'
    : 'no';
}
