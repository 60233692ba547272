import { join } from 'node:path';
import type { SignedIn } from '../../domain/account/signed-in.ts';
import { fail, ok } from '../../shared/result.ts';
import type { DetectionRoom, Executor } from '../executor.ts';
import { foundInfo, notFoundInfo } from '../found-info.ts';
import { locateProgram } from '../locate-program.ts';
import { askVersion, launchOf, type NodeNeed } from '../node-program.ts';
import { programMissing } from '../program-missing.ts';
import { headOf, namesIn } from '../read-head.ts';
import type { RunOrder } from '../runner.ts';
import { kimiModels } from './kimi-models.ts';
import { KIMI_HOME, kimiHome } from './kimi-home.ts';
import { createKimiParser } from './kimi-parser.ts';
import { readKimiUsage } from './kimi-usage.ts';

const NAME = 'kimi';
const LABEL = 'Kimi Code';
const NEED: NodeNeed = { label: LABEL, node: '22.19.0' };
const TESTED = { from: '2.0.0', below: '3.0.0' };
/** What Linux takes as one argument, with room for a byte that ends it. */
const LONGEST_ARGUMENT = 128 * 1024 - 1;
const AGENT_FILE = 'agent.md';

/** Kimi Code, `@moonshot-ai/kimi-code`: one prompt, with its messages as JSON lines. */
export function createKimiExecutor(options: {
  /** The host's environment: where programs are looked for, and where sessions of an adopted turn are. */
  readonly env: Readonly<Record<string, string | undefined>>;
}): Executor {
  return {
    name: NAME,
    label: LABEL,
    modelPrefix: 'kimi-',
    takesMcp: true,
    guide: {
      install: 'npm install -g @moonshot-ai/kimi-code',
      signIn: 'Start kimi once and log in, or set KIMI_MODEL_API_KEY.',
      tested: TESTED,
    },
    passEnv: [
      'KIMI_CODE_HOME',
      'KIMI_CODE_BASE_URL',
      'KIMI_MODEL_NAME',
      'KIMI_MODEL_BASE_URL',
      'KIMI_MODEL_PROVIDER_TYPE',
      'KIMI_MODEL_MAX_CONTEXT_SIZE',
      'KIMI_MODEL_MAX_OUTPUT_SIZE',
    ],
    signInEnv: ['KIMI_MODEL_API_KEY', 'KIMI_API_KEY', 'MOONSHOT_API_KEY'],
    async detect(room) {
      const found = await askVersion([NAME, 'kimi-code'], NEED, room);
      if (!found) return notFoundInfo(NAME, LABEL);
      return foundInfo(NAME, LABEL, found, TESTED, signedIn(room));
    },
    models: ({ env }) => Promise.resolve(kimiModels(homeOf(env))),
    command(order, at) {
      const located = locateProgram(NAME, options.env) ?? locateProgram('kimi-code', options.env);
      if (!located) return programMissing(NAME, LABEL);
      const launch = launchOf(located, NEED, options.env);
      if (!launch.ok) return launch;
      // It takes its prompt on the command line alone.
      if (Buffer.byteLength(order.prompt) > LONGEST_ARGUMENT)
        return fail('prompt_too_long', `${LABEL} takes a prompt of at most 128 KiB.`, {
          hint: 'Shorten the goal, the plan or the answers, or choose another executor.',
        });
      const agent = agentOf(order);
      const owners = order.account?.home ?? homeOf(at.env);
      const home =
        order.mcp === null || owners === undefined
          ? ok({ files: [], links: [] })
          : kimiHome(owners, order.mcp);
      if (!home.ok) return home;
      const { files, links } = home.value;
      return ok({
        program: launch.value.program,
        args: [...launch.value.args, ...argumentsOf(order, join(at.folder, AGENT_FILE))],
        env: {
          KIMI_DISABLE_TELEMETRY: '1',
          KIMI_CODE_NO_AUTO_UPDATE: '1',
          KIMI_DISABLE_CRON: '1',
          // A limit is for Homer to wait for.
          KIMI_LOOP_MAX_ATTEMPTS_PER_STEP: '4',
          ...(order.turnLimit === null ? {} : { KIMI_LOOP_MAX_STEPS_PER_TURN: String(order.turnLimit) }),
          ...(links.length > 0
            ? { KIMI_CODE_HOME: join(at.folder, KIMI_HOME) }
            : order.account?.home
              ? { KIMI_CODE_HOME: order.account.home }
              : {}),
        },
        stdin: 'nothing',
        files: [...files, ...(agent === null ? [] : [{ path: AGENT_FILE, text: agent }])],
        links,
      });
    },
    createParser: (turn) =>
      createKimiParser(turn, (session) => {
        const home = turn.home ?? homeOf(options.env);
        return home === undefined ? null : readKimiUsage(home, session);
      }),
  };
}

function argumentsOf(order: RunOrder, agentFile: string): string[] {
  const { prompt, model, sessionId } = order;
  return [
    '--output-format',
    'stream-json',
    ...(model === null ? [] : ['--model', model]),
    // A session keeps the agent it began with, and takes no other.
    ...(sessionId === null
      ? agentOf(order) === null
        ? []
        : ['--agent-file', agentFile]
      : ['--session', sessionId]),
    '--prompt',
    prompt,
  ];
}

/** It has no mode that refuses commands, but an agent of its own is given only the tools it names. */
const EDITS_ONLY = `---
name: homer-edits-only
description: Reads and edits files, and runs no commands.
tools: [Read, Write, Edit, Glob, Grep, "mcp__homer__*"]
---

You are a careful software engineer. You work in the current folder, a git worktree of your own, and change files there only. You cannot run
commands: read what you need, make the smallest change that meets the goal, and say what you did.
`;

const READS_ONLY = `---
name: homer-reads-only
description: Reads files, changes nothing, and runs no commands.
tools: [Read, Glob, Grep]
---

You are a careful software engineer. You read the project in the current folder, change nothing and run nothing, and answer in the form that is asked for.
`;

function agentOf({ reading, riskProfile }: RunOrder): string | null {
  if (reading) return READS_ONLY;
  return riskProfile === 'strict' ? EDITS_ONLY : null;
}

function homeOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const home = env['HOME'];
  return env['KIMI_CODE_HOME'] || (home ? join(home, '.kimi-code') : undefined);
}

function signedIn({ env }: DetectionRoom): SignedIn {
  if (env['KIMI_MODEL_API_KEY'] || env['KIMI_API_KEY']) return 'yes';
  const home = homeOf(env);
  if (home === undefined) return 'unknown';
  if (namesIn(join(home, 'credentials')).some((name) => name.endsWith('.json'))) return 'yes';
  return /^\s*api_key\s*=\s*"[^"]+"/mu.test(headOf(join(home, 'config.toml'), 65_536)) ? 'yes' : 'no';
}
