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
  // Segments that came out empty or as dots would only keep a glob from matching; ways out are judged on their own.
  const straight = long
    .split('/')
    .filter((segment) => !/^\.{0,2}$/u.test(segment))
    .join('/');
  const slashed = path.replaceAll('\\', '/');
  return [...new Set([path, path.normalize('NFC'), slashed, compatible, bare, long, straight])];
}

/** Letters of other scripts that look like Latin ones, each with its twin. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '\u0430': 'a',
  '\u0435': 'e',
  '\u043e': 'o',
  '\u0440': 'p',
  '\u0441': 'c',
  '\u0443': 'y',
  '\u0445': 'x',
  '\u0456': 'i',
  '\u0458': 'j',
  '\u0455': 's',
  '\u0501': 'd',
  '\u051b': 'q',
  '\u04bb': 'h',
  '\u03bf': 'o',
  '\u03b1': 'a',
  '\u03bd': 'v',
  '\u03b9': 'i',
  '\u03c1': 'p',
  '\u03ba': 'k',
  '\u0261': 'g',
};

/** What two names have in common when a file system, or a reader, would take them for the same. */
export function foldPath(path: string): string {
  if (/^[ -~]*$/u.test(path)) return path.toLowerCase();
  const folded = path
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .normalize('NFC');
  return folded.replace(/[^ -~]/gu, (letter) => LOOKALIKES[letter] ?? letter);
}

/** A name that shows itself otherwise than it is: direction marks, control characters, line breaks. */
export function isDeceptive(path: string): boolean {
  return /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(path);
}

/** True for a relative path that stays below its root by its own letters. */
export function staysBelow(path: string): boolean {
  return (
    path !== '' && !/^[/\\\\]/u.test(path) && !/^[a-z]:/iu.test(path) && !path.split(/[/\\]/u).includes('..')
  );
}
