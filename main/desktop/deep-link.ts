const links: readonly [RegExp, (id: string) => string][] = [
  [/^homer:\/\/proposal\/([0-9a-f-]{36})\/?$/u, (id) => `/proposal/${id}`],
  [/^homer:\/\/run\/([0-9a-f-]{36})\/?$/u, (id) => `/run/${id}`],
  [/^homer:\/\/inbox\/?$/u, () => '/inbox'],
];

/** The address inside the dashboard that a `homer://` link means; a link only ever shows something, it changes nothing. */
export function routeOfLink(link: string): string | undefined {
  for (const [pattern, route] of links) {
    const match = pattern.exec(link.toLowerCase());
    if (match) return route(match[1] ?? '');
  }
  return undefined;
}

/** The link among the words a second start was given. */
export function routeOfArguments(words: readonly string[]): string | undefined {
  for (const word of words) {
    const route = routeOfLink(word);
    if (route !== undefined) return route;
  }
  return undefined;
}
