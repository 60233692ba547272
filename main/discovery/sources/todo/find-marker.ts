/** How comments open, by what the name of a file ends with. A mark that opens a comment in one language is an operator in another. */
const OPENERS = {
  slash: String.raw`(?<!:)\/\/+!?|\/\*+|^\s*\*`,
  hash: '#+',
  dash: '--+',
  markup: '<!--',
  semicolon: ';+',
  percent: '%+',
  docstring: `"""|\'\'\'`,
} as const;
type Opener = keyof typeof OPENERS;
const LANGUAGES: readonly [ending: RegExp, openers: readonly Opener[]][] = [
  [/\.(html?|vue|svelte|astro)$/iu, ['markup', 'slash']],
  [/\.(xml|md|mdx)$/iu, ['markup']],
  [/\.pyi?$/iu, ['hash', 'docstring']],
  [/\.(php|tf|hcl)$/iu, ['slash', 'hash']],
  [
    /\.(rb|sh|bash|zsh|fish|pl|pm|r|ya?ml|toml|conf|cmake|nix|exs?|jl|ps1|graphql)$|(^|\/)(Makefile|Dockerfile)$/iu,
    ['hash'],
  ],
  [/\.(sql|lua|hs|elm|adb|ads)$/iu, ['dash', 'slash']],
  [/\.(lisp|cl|clj[cs]?|edn|el|scm|rkt|asm|s|ini)$/iu, ['semicolon']],
  [/\.(tex|sty|bib|erl|hrl)$/iu, ['percent']],
];
const markers = new Map<string, RegExp>();

/** A comment opener of the file's language, then the marker as a word of its own, with an optional owner in brackets and a colon. */
function markerOf(path: string): RegExp {
  const openers = LANGUAGES.find(([ending]) => ending.test(path))?.[1] ?? ['slash'];
  const key = openers.join();
  const known =
    markers.get(key) ??
    new RegExp(
      `(${openers.map((opener) => OPENERS[opener]).join('|')})\\s*@?(TODO|FIXME|HACK|XXX)\\b(?:\\([^)]{0,60}\\))?\\s*[:\\-–]?\\s*`,
      'gu',
    );
  markers.set(key, known);
  return known;
}

/** Whether a quote opened before `from` closes after `to`: then what lies between is text of the program. */
function insideString(text: string, from: number, to: number): boolean {
  let open = '';
  for (let at = 0; at < from; at += 1) {
    const sign = text.charAt(at);
    if (sign === '\\') at += 1;
    else if (open !== '') open = sign === open ? '' : open;
    else if (sign === '"' || sign === "'" || sign === '`') open = sign;
  }
  return open !== '' && text.includes(open, to);
}

/** A marker in a comment: what opened the comment, the marker, and what the line says after it. */
export interface Marker {
  readonly opener: string;
  readonly marker: string;
  readonly said: string;
}

/** The first marker of a line that stands in a comment of the file's language; null when there is none. */
export function findMarker(path: string, text: string): Marker | null {
  for (const match of text.matchAll(markerOf(path))) {
    const end = match.index + match[0].length;
    if (!insideString(text, match.index, end))
      return { opener: (match[1] ?? '').trim(), marker: match[2] ?? 'TODO', said: text.slice(end) };
  }
  return null;
}
