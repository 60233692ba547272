/**
 * The other names a path has on file systems that fold case, ignore some characters or drop others. A path is denied when any of
 * them is: the owner's other machines may run such a system, and what is denied there must not arrive through git.
 */
export function pathForms(path: string): string[] {
  const compatible = path
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll('\\', '/');
  const bare = compatible
    .split('/')
    .map((segment) => segment.replace(/:.*$/u, '').replace(/[. ]+$/u, '') || segment)
    .join('/');
  const long = bare
    .split('/')
    .map((segment) => (/^git~\d+$/iu.test(segment) ? '.git' : segment))
    .join('/');
  return [...new Set([path, path.normalize('NFC'), compatible, bare, long])];
}

/** What two names have in common when a file system would take them for the same. */
export function foldPath(path: string): string {
  return path.normalize('NFKC').toLowerCase().normalize('NFC');
}

/** True for a relative path that stays below its root by its own letters. */
export function staysBelow(path: string): boolean {
  return (
    path !== '' && !path.startsWith('/') && !/^[a-z]:/iu.test(path) && !path.split(/[/\\]/u).includes('..')
  );
}
