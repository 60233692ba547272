import { createHash } from 'node:crypto';
import type { Signal } from '../../../domain/source/source.ts';
import type { SourceLine } from '../../ports.ts';
import { findMarker } from './find-marker.ts';
import { todoRelevance } from './todo-relevance.ts';

/** What git is asked for, as an extended regular expression; `parseTodos` then looks closer. */
export const TODO_SEARCH = '(TODO|FIXME|HACK|XXX)';

/** Code that others wrote or a program wrote: its comments are nobody's task here. */
const SKIPPED =
  /(^|\/)(node_modules|bower_components|vendor(ed)?|third[_-]party|external|Pods|dist|build|out|coverage|__generated__|\.git|\.yarn|\.workspace)\/|[.-]min\.[a-z]+$|\.(bundle|generated|gen|pb)\.[a-z]+$|_pb2?\.[a-z]+$|(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|Cargo\.lock|CHANGELOG[^/]*)$|\.(snap|svg|map|patch|diff|ipynb)$/iu;

/** Words shorter than this ("remove", "fix me") say too little to be the same task in two files. */
const TELLING = 12;
const PLACES_SHOWN = 40;
const CONTINUED_LINES = 3;

interface Mark {
  readonly marker: string;
  readonly words: string;
  readonly path: string;
  readonly line: number;
  readonly shown: string;
}

/**
 * Signals from lines that hold a marker in a comment. The same words in several places are one task, so one signal, however many
 * files carry them. The fingerprint is the words (and the file, where they say little), not the line: a comment that moves stays
 * one proposal.
 */
export function parseTodos(projectId: string, lines: readonly SourceLine[]): Signal[] {
  const groups = new Map<string, Mark[]>();
  for (const found of lines) {
    const mark = readMark(found);
    if (!mark) continue;
    const where = mark.words.length < TELLING ? mark.path : '';
    const key = `${mark.marker}\n${mark.words.toLowerCase()}\n${where}`;
    const group = groups.get(key);
    if (group) group.push(mark);
    else groups.set(key, [mark]);
  }
  return [...groups].map(([key, marks]) => signalOf(projectId, key, marks));
}

function signalOf(projectId: string, key: string, marks: readonly Mark[]): Signal {
  const [first] = marks;
  if (!first) throw new Error('a group of marks is never empty');
  const { marker, words, path, line, shown } = first;
  const ref = `${path}:${String(line)}`;
  const named =
    words === ''
      ? `${marker} without words in ${path}`
      : words.length < TELLING
        ? `${words} (${marker} in ${path})`
        : firstSentence(words);
  const several = marks.length > 1 ? ` (${String(marks.length)} places)` : '';
  const places = marks.slice(0, PLACES_SHOWN).map((mark) => `- \`${mark.path}:${String(mark.line)}\``);
  const rest = marks.length - places.length;
  return {
    title: `${named.length > 140 ? `${named.slice(0, 139).trimEnd()}…` : named}${several}`,
    summary: `${marker} in ${path}, line ${String(line)}${
      marks.length === 2
        ? ', and in one more place'
        : marks.length > 2
          ? `, and in ${String(marks.length - 1)} more places`
          : ''
    }`,
    content: `${marker} at \`${ref}\`:\n\n\`\`\`\n${shown.replaceAll('```', "'''")}\n\`\`\`\n${
      marks.length > 1
        ? `\nThe same words stand in ${String(marks.length)} places:\n\n${places.join('\n')}\n${rest > 0 ? `- and ${String(rest)} more\n` : ''}`
        : ''
    }`,
    source: 'todo',
    sourceRef: ref,
    fingerprint: createHash('sha256').update(`todo\n${projectId}\n${key}`).digest('hex'),
    relevance: Math.max(...marks.map((mark) => todoRelevance(marker, words, mark.path))),
  };
}

function readMark({ path, line, text, after }: SourceLine): Mark | null {
  if (SKIPPED.test(path) || text.length > 1_000) return null;
  const found = findMarker(path, text);
  if (!found) return null;
  const { opener, marker, said } = found;
  const words = [said, ...continued(opener, said, after)].join(' ');
  return { marker, words: clean(words), path, line, shown: [text, ...after].map(plain).join('\n').trimEnd() };
}

/** What a sentence does not have and commented-out code does. */
const CODE = /[;{}=]\s*$|=>|\w\(\s*['"`/)]|^(const|let|var|return|if|for|import|await|def|func)\b/u;

/** The lines below that carry the sentence on: the same comment, and a small letter to begin with. */
function continued(opener: string, said: string, after: readonly string[]): string[] {
  const lead = /^\/\*/u.test(opener) ? '*' : opener;
  const kept: string[] = [];
  let last = said;
  for (const below of after.slice(0, CONTINUED_LINES)) {
    const trimmed = below.trim();
    if (/(\*\/|-->|[.!?;{}])\s*$/u.test(last) || !trimmed.startsWith(lead)) break;
    const rest = trimmed.slice(lead.length).trim();
    if (!/^\p{Ll}/u.test(rest) || CODE.test(rest)) break;
    kept.push(rest);
    last = rest;
  }
  return kept;
}

/** A title needs no more than the first sentence of a long remark; the rest is in the content. */
function firstSentence(words: string): string {
  const end = /[^.\s]\.\s/u.exec(words);
  const short = words.length > 80 && end && end.index > 20 ? words.slice(0, end.index + 1) : words;
  return short.replace(/([^.])\.$/u, '$1');
}

function clean(text: string): string {
  return plain(text)
    .replace(/(\*\/\}?|-->|"""|''')\s*$/u, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replace(/^./u, (first) => first.toUpperCase());
}

function plain(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/gu, ' ').slice(0, 1_000);
}
