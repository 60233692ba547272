/** Variables of the host's environment that a child may see; a name that ends with `*` stands for all that begin so. */
const ALLOWED = [
  'PATH',
  'HOME',
  'LANG',
  'LANGUAGE',
  'LC_*',
  'TZ',
  'TMPDIR',
  'SHELL',
  'USER',
  'LOGNAME',
  'XDG_*',
];

/** The environment of a child: what the allow-list lets through, then `extra`. The terminal is always a dumb one. */
export function childEnvironment(
  source: Readonly<Record<string, string | undefined>>,
  allow: readonly string[],
  extra: Readonly<Record<string, string>>,
): Record<string, string> {
  const names = [...ALLOWED, ...allow];
  const exact = new Set(names.filter((name) => !name.endsWith('*')));
  const prefixes = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(source)) {
    if (value === undefined) continue;
    if (exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix))) env[name] = value;
  }
  return { ...env, TERM: 'dumb', ...extra };
}

/** The group tag: it goes into the environment of a turn's child and so of all its descendants. */
export function groupTag(turn: { runId: string; attempt: number; step: number }): string {
  return `${turn.runId}:${String(turn.attempt)}:${String(turn.step)}`;
}
