import type { Flag } from './flag-value.ts';

/** What a setting does, and what it is called on the command line. */
export function FlagHelp({ flag }: { flag: Flag }) {
  return (
    <>
      {flag.description} <code className="text-ink-3">{flag.key}</code>
    </>
  );
}
