import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import type { CodeLanguage } from './code-language.ts';

/** Runs beside the page: colours code without holding up a frame, and without WebAssembly. */
export type TokenKind = 'keyword' | 'string' | 'function' | 'type' | 'number' | 'comment';
/** Length in characters, and what it is; no kind is plain text. */
export type Token = readonly [length: number, kind: TokenKind | null];
export interface HighlightRequest {
  readonly id: number;
  readonly language: CodeLanguage;
  readonly texts: readonly string[];
}
export interface HighlightReply {
  readonly id: number;
  /** For each text, for each of its lines. */
  readonly lines: readonly (readonly (readonly Token[])[])[];
}

const loaders: Record<CodeLanguage, () => Promise<unknown>> = {
  typescript: () => import('shiki/langs/typescript.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  jsx: () => import('shiki/langs/jsx.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  markdown: () => import('shiki/langs/markdown.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  cpp: () => import('shiki/langs/cpp.mjs'),
  csharp: () => import('shiki/langs/csharp.mjs'),
  ruby: () => import('shiki/langs/ruby.mjs'),
  php: () => import('shiki/langs/php.mjs'),
  swift: () => import('shiki/langs/swift.mjs'),
  kotlin: () => import('shiki/langs/kotlin.mjs'),
  shellscript: () => import('shiki/langs/shellscript.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
};

// The theme names a variable for each part of speech; the page has classes for the six it tells apart.
const kinds: readonly (readonly [string, TokenKind])[] = [
  ['token-keyword', 'keyword'],
  ['token-string', 'string'],
  ['token-function', 'function'],
  ['token-constant', 'number'],
  ['token-comment', 'comment'],
  ['token-parameter', 'type'],
];

let engine: Promise<HighlighterCore> | undefined;
const loaded = new Set<CodeLanguage>();

async function highlight({ id, language, texts }: HighlightRequest): Promise<HighlightReply> {
  engine ??= createHighlighterCore({
    themes: [createCssVariablesTheme({ name: 'variables', variablePrefix: '--' })],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const highlighter = await engine;
  if (!loaded.has(language)) {
    await highlighter.loadLanguage((await loaders[language]()) as never);
    loaded.add(language);
  }
  const lines = texts.map((text) =>
    highlighter
      .codeToTokensBase(text, { lang: language, theme: 'variables', tokenizeMaxLineLength: 1_000 })
      .map((line) => line.map((token): Token => [token.content.length, kindOf(token.color)])),
  );
  return { id, lines };
}

function kindOf(color: string | undefined): TokenKind | null {
  return kinds.find(([name]) => color?.includes(name))?.[1] ?? null;
}

const page = globalThis as unknown as {
  onmessage: (event: MessageEvent<HighlightRequest>) => void;
  postMessage(reply: HighlightReply): void;
};
page.onmessage = ({ data }) => {
  highlight(data).then(
    (reply) => {
      page.postMessage(reply);
    },
    () => {
      // Without colours the text is still the text.
      page.postMessage({ id: data.id, lines: [] });
    },
  );
};
