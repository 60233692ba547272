import type { SignedIn } from '../domain/account/signed-in.ts';
import type { ExecutorInfo } from './executor.ts';
import type { FoundProgram } from './node-program.ts';
import { versionNote, type VersionRange } from './version-range.ts';

/** What detection says of a program that was found. */
export function foundInfo(
  name: string,
  label: string,
  { path, version, trouble }: FoundProgram,
  tested: VersionRange | null,
  signedIn: SignedIn,
): ExecutorInfo {
  const notes = [
    trouble,
    trouble === '' && tested !== null ? versionNote(version, tested) : '',
    signedIn === 'no' ? `Sign in to ${label}, or give it a key, before a run.` : '',
  ].filter((note) => note !== '');
  return {
    name,
    label,
    usable: trouble === '',
    found: true,
    path,
    version,
    signedIn,
    note: notes.join(' ') || 'Ready.',
  };
}

export function notFoundInfo(name: string, label: string): ExecutorInfo {
  return {
    name,
    label,
    usable: false,
    found: false,
    path: null,
    version: null,
    signedIn: 'unknown',
    note: 'Not found on PATH.',
  };
}
