import type { InputOf } from '../../../preload/contract/operations.ts';
import type { Project } from './project.ts';

export type Pattern = Project['sensitivePatterns'][number];

/** What is typed into the policy of a project. */
export interface PolicyDraft {
  readonly allow: string;
  readonly deny: string;
  readonly riskProfile: Project['riskProfile'];
  readonly patterns: readonly Pattern[];
}

export const mostGlobs = 200;
export const longestGlob = 300;

export function draftOf(project: Project): PolicyDraft {
  return {
    allow: project.pathPolicy.allow.join('\n'),
    deny: project.pathPolicy.deny.join('\n'),
    riskProfile: project.riskProfile,
    patterns: project.sensitivePatterns,
  };
}

/** The lines that say something, without what stands around them. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

export type GlobFault = { readonly kind: 'many' } | { readonly kind: 'long'; readonly line: number };

/** Why a list of globs cannot be saved; lines count from 1. */
export function globFault(text: string): GlobFault | undefined {
  if (linesOf(text).length > mostGlobs) return { kind: 'many' };
  const line = text.split('\n').findIndex((each) => each.trim().length > longestGlob);
  return line < 0 ? undefined : { kind: 'long', line: line + 1 };
}

export type PatternFault = 'name' | 'empty' | 'invalid' | 'long';

/** Why a pattern cannot be saved: the very rule of the contract, told as it is typed. */
export function patternFault({ name, pattern }: Pattern): PatternFault | undefined {
  if (name.trim() === '') return 'name';
  if (pattern === '') return 'empty';
  if (pattern.length > 300 || name.length > 80) return 'long';
  try {
    new RegExp(pattern, 'iu');
    return undefined;
  } catch {
    // A pattern that cannot be read is what is being told.
    return 'invalid';
  }
}

export function isSound(draft: PolicyDraft): boolean {
  return (
    globFault(draft.allow) === undefined &&
    globFault(draft.deny) === undefined &&
    draft.patterns.every((pattern) => patternFault(pattern) === undefined)
  );
}

/** What differs from the project, to be saved; nothing when nothing does. */
export function changesOf(draft: PolicyDraft, project: Project): InputOf<'project.update'>['settings'] {
  const pathPolicy = { allow: linesOf(draft.allow), deny: linesOf(draft.deny) };
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return {
    ...(same(pathPolicy, project.pathPolicy) ? {} : { pathPolicy }),
    ...(draft.riskProfile === project.riskProfile ? {} : { riskProfile: draft.riskProfile }),
    ...(same(draft.patterns, project.sensitivePatterns) ? {} : { sensitivePatterns: [...draft.patterns] }),
  };
}
