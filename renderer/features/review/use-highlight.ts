import { useEffect, useMemo, useRef, useState } from 'react';
import { codeLanguage } from './code-language.ts';
import { hunksOf, type DiffFile } from './diff-file.ts';
import type { HighlightReply, HighlightRequest, Token } from './highlight-worker.ts';
import type { PatchLine } from './patch-lines.ts';

/** Looks up the colours of a line by where it stands; nothing until they are there. */
export type TokensOf = (file: DiffFile, line: PatchLine) => readonly Token[] | undefined;

/** Asks a worker for the colours of files as they are first shown. Rows never change height for it. */
export function useHighlight(shown: readonly DiffFile[]): TokensOf {
  const [done, setDone] = useState<ReadonlyMap<DiffFile, ReadonlyMap<string, readonly Token[]>>>(new Map());
  const worker = useRef<Highlighter>(undefined);
  useEffect(() => {
    const made = createHighlighter((file, tokens) => {
      setDone((held) => new Map(held).set(file, tokens));
    });
    worker.current = made;
    return () => {
      worker.current = undefined;
      made.stop();
    };
  }, []);
  // After the effect above, so that there is a worker to ask from the first time on.
  useEffect(() => {
    for (const file of shown) worker.current?.ask(file);
  }, [shown]);
  return useMemo(() => (file, line) => done.get(file)?.get(keyOf(line)), [done]);
}

function keyOf(line: PatchLine): string {
  return line.new === null ? `o${String(line.old)}` : `n${String(line.new)}`;
}

interface Highlighter {
  ask(file: DiffFile): void;
  readonly stop: () => void;
}

function createHighlighter(
  tell: (file: DiffFile, tokens: ReadonlyMap<string, readonly Token[]>) => void,
): Highlighter {
  const worker = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' });
  const asked = new Set<DiffFile>();
  const waiting = new Map<number, { file: DiffFile; lines: readonly (readonly PatchLine[])[] }>();
  worker.onmessage = ({ data }: MessageEvent<HighlightReply>) => {
    const request = waiting.get(data.id);
    waiting.delete(data.id);
    if (!request) return;
    const tokens = new Map<string, readonly Token[]>();
    request.lines.forEach((lines, text) => {
      lines.forEach((line, index) => {
        const found = data.lines[text]?.[index];
        if (found) tokens.set(keyOf(line), found);
      });
    });
    tell(request.file, tokens);
  };
  return {
    ask(file) {
      const language = codeLanguage(file.path);
      if (!language || asked.has(file)) return;
      asked.add(file);
      // Each side of each hunk is read as a text of its own, so that an added line never breaks the colours of a deleted one.
      const lines = (hunksOf(file) ?? []).flatMap((hunk) => [
        hunk.lines.filter((line) => line.kind !== 'add'),
        hunk.lines.filter((line) => line.kind !== 'delete'),
      ]);
      const request: HighlightRequest = {
        id: asked.size,
        language,
        texts: lines.map((side) => side.map((line) => line.text).join('\n')),
      };
      waiting.set(request.id, { file, lines });
      worker.postMessage(request);
    },
    stop: () => {
      worker.terminate();
    },
  };
}
