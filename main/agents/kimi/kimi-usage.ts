import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionFigures } from '../../domain/run/session-figures.ts';
import { countAt, jsonOfLine, objectAt, textAt, textOrNullAt } from '../json-event.ts';
import { namesIn } from '../read-head.ts';
import type { Used } from '../turn-account.ts';

/** What a session of Kimi Code has used, by its own records. */
export interface KimiUsage {
  readonly sessionId: string;
  /** The model asked last, where the record names one a person would know. */
  readonly model: string | null;
  readonly total: SessionFigures & { readonly tokensCacheWrite: number };
  /** Of that, what was used before its last prompt. */
  readonly before: SessionFigures & { readonly tokensCacheWrite: number };
}

/** Files past this hold no session anyone would go on with. */
const LARGEST_FILE = 64 * 1024 * 1024;
/** How a model that came by environment variables is called in the records. */
const UNNAMED = '__kimi_env_model__';
const KINDS = /^\{"type":"(?:usage\.record|turn\.prompt|llm\.request)"/;

/**
 * Reads the records of a session below `home` (`KIMI_CODE_HOME`): one per model call, of the main agent and of those it started. Without an id
 * the newest session that was opened in `worktree` is taken. Null when nothing is there to be read.
 */
export function readKimiUsage(
  home: string,
  session: { readonly id: string | null; readonly worktree: string },
): KimiUsage | null {
  const found = findSession(home, session);
  if (!found) return null;
  const agents = join(found.folder, 'agents');
  const main = readRecords(join(agents, 'main', 'wire.jsonl'));
  if (!main) return null;
  const others = namesIn(agents)
    .filter((name) => name !== 'main')
    .flatMap((name) => readRecords(join(agents, name, 'wire.jsonl'))?.calls ?? []);
  const total = { tokensIn: 0, tokensOut: 0, tokensCached: 0, tokensCacheWrite: 0, costMicroUsd: null };
  const before = { ...total };
  for (const call of [...main.calls, ...others])
    for (const sum of call.time < main.promptedAt ? [total, before] : [total]) {
      sum.tokensIn += call.tokensIn;
      sum.tokensOut += call.tokensOut;
      sum.tokensCached += call.tokensCached;
      sum.tokensCacheWrite += call.tokensCacheWrite;
    }
  const model = main.calls.at(-1)?.model ?? null;
  return { sessionId: found.id, model: model === UNNAMED ? null : model, total, before };
}

/** What was used on top of `from`, which another host may have kept without its parts. */
export function usedSince(
  total: KimiUsage['total'],
  from: (SessionFigures & { readonly tokensCacheWrite?: number }) | null,
): Used {
  const less = (figure: number, by: number | undefined): number => Math.max(0, figure - (by ?? 0));
  const tokensIn = less(total.tokensIn, from?.tokensIn);
  return {
    tokensIn,
    tokensOut: less(total.tokensOut, from?.tokensOut),
    tokensCached: less(total.tokensCached, from?.tokensCached),
    tokensCacheWrite: Math.min(tokensIn, less(total.tokensCacheWrite, from?.tokensCacheWrite)),
  };
}

function findSession(
  home: string,
  session: { id: string | null; worktree: string },
): { id: string; folder: string } | undefined {
  if (session.id !== null) {
    const { id } = session;
    const folder = namesIn(join(home, 'sessions'))
      .map((workspace) => join(home, 'sessions', workspace, id))
      .find((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
    return folder === undefined ? undefined : { id, folder };
  }
  const lines = (readText(join(home, 'session_index.jsonl')) ?? '').split('\n').map(fieldsOf);
  const entry = lines.findLast((line) => line && textAt(line, 'workDir') === session.worktree);
  const [id, folder] = entry ? [textAt(entry, 'sessionId'), textAt(entry, 'sessionDir')] : ['', ''];
  return id && folder ? { id, folder } : undefined;
}

const fieldsOf = (text: string): ReturnType<typeof jsonOfLine> =>
  jsonOfLine({ stream: 'stdout', text, dropped: 0 });

interface Call {
  readonly model: string | null;
  readonly time: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tokensCached: number;
  readonly tokensCacheWrite: number;
}

function readRecords(path: string): { calls: Call[]; promptedAt: number } | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  const calls: Call[] = [];
  let promptedAt = 0;
  let asked: string | null = null;
  for (const line of text.split('\n')) {
    // Most lines hold whole conversations; only three kinds are looked at.
    if (!KINDS.test(line.slice(0, 40))) continue;
    const record = fieldsOf(line);
    if (!record) continue;
    if (record['type'] === 'llm.request') asked = textOrNullAt(record, 'model');
    if (record['type'] === 'turn.prompt') promptedAt = countAt(record, 'time');
    if (record['type'] !== 'usage.record') continue;
    const used = objectAt(record, 'usage');
    const tokensCacheWrite = countAt(used, 'inputCacheCreation');
    calls.push({
      model: asked ?? textOrNullAt(record, 'model'),
      time: countAt(record, 'time'),
      tokensIn: countAt(used, 'inputOther') + tokensCacheWrite,
      tokensOut: countAt(used, 'output'),
      tokensCached: countAt(used, 'inputCacheRead'),
      tokensCacheWrite,
    });
  }
  return { calls, promptedAt };
}

/** Undefined when the file is not there, is not to be read, or is larger than it can be. */
function readText(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > LARGEST_FILE) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // Gone or forbidden: then what was used is not known, which is no reason to lose the turn.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
