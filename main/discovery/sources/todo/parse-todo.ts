import { createHash } from 'node:crypto';
import type { Signal } from '../../../domain/source/source.ts';
import type { SourceLine } from '../../ports.ts';

/** What git is asked for, as an extended regular expression; `parseTodos` then looks closer. */
export const TODO_SEARCH = '(TODO|FIXME|HACK|XXX)';

/** A comment opener, then the marker as a word of its own, with an optional owner in brackets and a colon. */
const MARKER =
  /(?:\/\/+|\/\*+|^\s*\*|#+|--|<!--|;|%|"""|''')\s*(?:@?)(TODO|FIXME|HACK|XXX)\b(?:\(([^)]{0,60})\))?\s*[:\-–]?\s*(.*)$/u;

const SKIPPED =
  /(^|\/)(node_modules|vendor|third_party|dist|build|out|\.git|\.workspace)\/|\.min\.[a-z]+$|(^|\/)(package-lock\.json|yarn\.lock|pnpm-lock\.yaml|Cargo\.lock|CHANGELOG[^/]*)$|\.(snap|svg|map|patch|diff)$/iu;

const weight: Record<string, number> = { FIXME: 30, TODO: 22, HACK: 18, XXX: 18 };

/**
 * Signals from lines that hold a marker in a comment. The fingerprint is the file and the words, not the line, so that a comment that
 * moves stays one proposal; the same words twice in a file count as first and second.
 */
export function parseTodos(projectId: string, lines: readonly SourceLine[]): Signal[] {
  const seen = new Map<string, number>();
  const signals: Signal[] = [];
  for (const { path, line, text } of lines) {
    if (SKIPPED.test(path) || text.length > 1_000) continue;
    const match = MARKER.exec(text);
    if (!match) continue;
    const marker = match[1] ?? 'TODO';
    const words = clean(match[3] ?? '');
    const key = `${path}\n${marker}\n${words.toLowerCase()}`;
    const ordinal = (seen.get(key) ?? 0) + 1;
    seen.set(key, ordinal);
    const inTests = /(^|\/)(test|tests|spec|__tests__)\/|\.(test|spec)\.[a-z]+$/iu.test(path);
    const title = words === '' ? `${marker} without words in ${path}` : words;
    signals.push({
      title: title.length > 160 ? `${title.slice(0, 157)}…` : title,
      summary: `${marker} in ${path}, line ${String(line)}`,
      content: `${marker} at \`${path}:${String(line)}\`:\n\n\`\`\`\n${text.trim()}\n\`\`\`\n`,
      source: 'todo',
      sourceRef: `${path}:${String(line)}`,
      fingerprint: createHash('sha256')
        .update(`todo\n${projectId}\n${key}\n${String(ordinal)}`)
        .digest('hex'),
      relevance: Math.max(
        1,
        Math.min(
          50,
          (weight[marker] ?? 20) +
            (words.length >= 20 ? 6 : 0) +
            (words === '' ? -14 : 0) +
            (inTests ? -6 : 0),
        ),
      ),
    });
  }
  return signals;
}

function clean(text: string): string {
  return text
    .replace(/(\*\/|-->|"""|''')\s*$/u, '')
    .replaceAll(/[\u0000-\u001f\u007f]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replace(/^./u, (first) => first.toUpperCase());
}
