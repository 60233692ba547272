const id = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';

const links: readonly [RegExp, (word: string) => string][] = [
  [new RegExp(`^homer://proposal/${id}/?$`, 'u'), (word) => `/proposal/${word}`],
  [new RegExp(`^homer://run/${id}/?$`, 'u'), (word) => `/run/${word}`],
  [new RegExp(`^homer://run/${id}/review/?$`, 'u'), (word) => `/run/${word}/review`],
  [new RegExp(`^homer://(?:intent|schedule)/${id}/?$`, 'u'), (word) => `/schedule/${word}`],
  [/^homer:\/\/settings\/([a-z-]{1,40})\/?$/u, (word) => `/settings?section=${word}`],
  [
    /^homer:\/\/(inbox|board|runs|schedule|goals|insights|briefings|accounts|projects|settings)\/?$/u,
    (word) => `/${word}`,
  ],
  [/^homer:\/\/(?:open)?\/?$/u, () => '/board'],
];

/** The address inside the dashboard that a `homer://` link means; a link only ever shows something, it changes nothing. */
export function routeOfLink(link: string): string | undefined {
  for (const [pattern, route] of links) {
    const match = pattern.exec(link.toLowerCase());
    if (match) return route(match[1] ?? '');
  }
  return undefined;
}

/** The link among the words a start was given, whether it means something or not. */
export function linkAmong(words: readonly string[]): string | undefined {
  return words.find((word) => /^homer:/iu.test(word));
}
