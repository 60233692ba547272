import { pathForms } from './path-forms.ts';
import type { PathVerdict } from './path-policy.ts';

/** Why a policy forbids a path, also by the names other file systems would read; null when it does not. */
export function deniedBy(judge: (path: string) => PathVerdict, path: string): string | null {
  const asWritten = judge(path);
  if (!asWritten.allowed) return asWritten.rule;
  for (const form of pathForms(path)) {
    const verdict = judge(form);
    if (!verdict.allowed && verdict.rule.startsWith('denied')) return verdict.rule;
  }
  return null;
}
