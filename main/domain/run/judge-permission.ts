import { createPathJudge, type PathPolicy } from '../risk/path-policy.ts';
import type { SensitivePattern } from '../risk/gate.ts';
import type { AskRisk } from './ask.ts';

/** What an agent wants to do, as the owner is asked. */
export interface JudgedPermission {
  /** Denied at once: the path policy forbids it. Null: it may be asked. */
  readonly denied: string | null;
  /** Plain words: the command, the path, or the input as JSON. */
  readonly text: string;
  readonly subject: string;
  readonly risk: AskRisk;
  readonly riskNote: string;
}

const MOST_TEXT = 2_000;
/** Input that names a file, over the agent programs. */
const PATHS = ['file_path', 'notebook_path', 'path', 'filePath', 'filename'];
const COMMANDS = ['command', 'cmd'];
const MOST_NOTE = 300;
const READS = /^(read|grep|glob|ls|list|search|view|websearch)/iu;
const DESTROYS =
  /\brm\s+-[a-z]*[rf]|\bgit\s+(push|reset\s+--hard|clean)|\bmkfs|\bdd\s+if=|\bchmod\s+-R|\bkill(all)?\b|\bpkill\b|\bshutdown\b|\bdocker\b|\bkubectl\b|\bpublish\b|\bdrop\s+(table|database)\b/iu;
const REACHES = /\b(curl|wget|ssh|scp|rsync|nc|ftp|telnet)\b|https?:\/\//iu;

/**
 * Judges what a tool would do by its input alone. A file that the path policy denies is denied without asking; a file outside of the
 * worktree, a command that destroys, reaches out or speaks of what the project calls sensitive is of high risk.
 *
 * Besides what tools name themselves, the input may have `paths`, all files of one change; `outside`, when a sandbox is left for it; and `note`,
 * why the agent wants it.
 */
export function judgePermission(
  tool: string,
  input: Readonly<Record<string, unknown>>,
  at: { worktree: string; policy: PathPolicy; sensitive: readonly SensitivePattern[] },
): JudgedPermission {
  const command = textOf(input, COMMANDS);
  const path = textOf(input, PATHS);
  const address = textOf(input, ['url', 'uri']);
  const why = textOf(input, ['note']).slice(0, MOST_NOTE);
  const of = (risk: AskRisk, riskNote: string, text: string, subject: string): JudgedPermission => ({
    denied: null,
    text: bounded(text),
    subject,
    risk,
    riskNote: why === '' ? riskNote : `${riskNote}; the agent says: ${why}`,
  });
  if (command !== '') {
    const [risk, note] = riskOf(command, at.sensitive);
    return of(risk, input['outside'] === true ? `${note}, outside of its sandbox` : note, command, command);
  }
  const paths = path === '' ? textsOf(input['paths']) : [path];
  if (paths.length > 0) {
    const all = paths.join('\n');
    const inside = paths.map((one) => insideOf(at.worktree, one));
    const out = inside.includes(null);
    if (READS.test(tool)) return of(out ? 'medium' : 'low', 'reads a file', all, all);
    const judge = createPathJudge(at.policy);
    for (const one of inside) {
      const verdict = one === null ? null : judge(one);
      if (verdict?.allowed === false)
        return {
          ...of('low', 'inside the worktree', all, all),
          denied: `The path policy of the project denies ${one ?? ''}: ${verdict.rule}.`,
        };
    }
    return out ? of('high', 'outside of the worktree', all, all) : of('low', 'inside the worktree', all, all);
  }
  if (address !== '') return of('medium', 'reaches the network', address, hostOf(address) ?? address);
  const words = JSON.stringify(input);
  const [risk, note] = riskOf(`${tool} ${words}`, at.sensitive);
  // What cannot be told apart by a path or a command is granted only as it was asked.
  return of(risk === 'low' ? 'medium' : risk, note || 'a tool Homer does not know', words, words);
}

function riskOf(words: string, sensitive: readonly SensitivePattern[]): [AskRisk, string] {
  if (DESTROYS.test(words)) return ['high', 'may destroy or publish'];
  const found = sensitive.find(({ pattern }) => new RegExp(pattern, 'iu').test(words));
  if (found) return ['high', found.name];
  if (REACHES.test(words)) return ['high', 'reaches other machines'];
  return ['medium', 'runs a command'];
}

/** Relative to the worktree with `/` separators, `..` resolved by its words; null when it leads out. */
function insideOf(worktree: string, path: string): string | null {
  const whole = /^(\/|[A-Za-z]:[\\/])/u.test(path) ? path : `${worktree}/${path}`;
  const parts: string[] = [];
  for (const part of whole.replaceAll('\\', '/').split('/'))
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  const root = worktree
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '');
  return root.every((part, index) => parts[index] === part) && parts.length > root.length
    ? parts.slice(root.length).join('/')
    : null;
}

function textOf(input: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  for (const name of names) {
    const value = input[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

function textsOf(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.filter((it) => typeof it === 'string').filter((it) => it !== '');
}

function hostOf(address: string): string | null {
  return /^[a-z]+:\/\/([^/?#]+)/iu.exec(address)?.[1]?.toLowerCase() ?? null;
}

function bounded(text: string): string {
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}… [${String(text.length)} characters]` : text;
}
