import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Log } from '../../shared/log.ts';
import { fail, messageOf, type Failure, type Result } from '../../shared/result.ts';
import { outputEvent, type Executor } from '../executor.ts';
import { notFoundInfo } from '../found-info.ts';
import type { Launch } from '../node-program.ts';
import { createTurnAccount } from '../turn-account.ts';
import type { AgentForm } from './agent-form.ts';
import { createDeclaredExecutor } from './declared-executor.ts';
import qwen from './qwen.json' with { type: 'json' };
import { readForm } from './read-form.ts';

/** Agents that come with Homer by their form alone. */
const OWN = [['qwen.json', JSON.stringify(qwen)]] as const;
const LARGEST = 256 * 1024;

/**
 * The executors that are declared: those that come with Homer, and those of the owner's files `<folder>/*.json`, which may replace one of
 * them. A file that is wrong becomes an executor that says so wherever it is looked at or asked to work; no other is touched by it.
 */
export function loadDeclaredAgents(options: {
  readonly folder: string;
  /** Names that executors with code of their own have. */
  readonly taken: readonly string[];
  readonly log: Log;
  /** The host's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How the driver of the Agent Client Protocol is started; null: it is not, and nothing is asked. */
  readonly driver?: () => Launch | null;
}): Executor[] {
  const { folder, log, env, driver } = options;
  const byName = new Map<string, Executor>();
  for (const [file, text] of OWN) {
    const form = readForm(file, text);
    if (!form.ok) throw new Error(form.error.message);
    byName.set(form.value.name, createDeclaredExecutor(form.value, env, null, driver));
  }
  const seen = new Map<string, string>(options.taken.map((name) => [name, 'Homer itself']));
  for (const file of filesIn(folder)) {
    const form = readFile(join(folder, file));
    const problem = form.ok ? taken(file, form.value, seen) : form.error;
    if (form.ok && !problem) {
      seen.set(form.value.name, file);
      byName.set(form.value.name, createDeclaredExecutor(form.value, env, join(folder, file), driver));
      continue;
    }
    if (!problem) continue;
    log.warn('a file of an agent cannot be used', { file, error: problem.message });
    const name = freeName(basename(file, '.json').toLowerCase(), [...seen.keys(), ...byName.keys()]);
    byName.set(name, createBrokenExecutor(name, join(folder, file), problem));
  }
  return [...byName.values()];
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (error) {
    // Most owners have none.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function readFile(path: string): Result<AgentForm> {
  const file = basename(path);
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > LARGEST)
      return fail('agent_file_invalid', `${file} is too large to describe an agent.`, {
        hint: 'An agent is described in a few thousand characters.',
      });
    return readForm(file, text);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return fail('agent_file_invalid', `${file} cannot be read: ${messageOf(error)}.`, {
      hint: 'Check its permissions.',
    });
  }
}

function taken(file: string, { name }: AgentForm, seen: ReadonlyMap<string, string>): Failure | undefined {
  const by = seen.get(name);
  if (by === undefined) return undefined;
  return {
    tag: 'agent_file_invalid',
    message: `${file} does not describe an agent of its own. name: “${name}” is taken by ${by}.`,
    hint: 'Choose another name.',
  };
}

function freeName(wanted: string, taken: readonly string[]): string {
  const name = wanted.replaceAll(/[^a-z0-9-]/gu, '-');
  return taken.includes(name) ? freeName(`${name}-file`, taken) : name;
}

function createBrokenExecutor(name: string, path: string, problem: Failure): Executor {
  const file = basename(path);
  return {
    name,
    label: file,
    guide: { file: path },
    passEnv: [],
    signInEnv: [],
    detect: async () => ({ ...notFoundInfo(name, file), note: problem.message }),
    command: () => ({ ok: false, error: problem }),
    // A turn that was started while the file was right, and is taken up now.
    createParser: (turn) => {
      const notes = createTurnAccount({ ...turn, label: file });
      return {
        line(line, emit) {
          emit(outputEvent(turn.step, line));
          return undefined;
        },
        ending: (exit) => notes.ending(exit, () => ({ class: 'no_result', message: problem.message })),
      };
    },
  };
}
