import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPathJudge, defaultPathPolicy } from './path-policy.ts';
import { foldPath, isDeceptive, pathForms, staysBelow } from './path-forms.ts';

const segment = fc.oneof(
  fc.constantFrom('.env', 'config.yaml', '.git', 'id_rsa', 'secrets.json', 'src', 'größe', 'a.pem', '.npmrc'),
  fc.string({
    minLength: 1,
    maxLength: 6,
    unit: fc.constantFrom('a', 'Z', '.', '-', ' ', 'é', 'ß', '\u200d', 'ſ'),
  }),
);
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const judge = createPathJudge(defaultPathPolicy);
const isDenied = (name: string): boolean => pathForms(name).some((form) => !judge(form).allowed);

/** Ways to write a name that some file system takes for the same one. */
const disguises: readonly ((name: string) => string)[] = [
  (name) => name.toUpperCase(),
  (name) => name.normalize('NFD'),
  (name) => name.normalize('NFC'),
  (name) => name.replace(/[a-z]/gu, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
  (name) => name.split('').join('\u200c'),
  (name) => `\ufeff${name}`,
  (name) => `${name}.`,
  (name) => `${name}. .`,
  (name) => `${name}::$DATA`,
  (name) => name.replaceAll('/', '\\'),
];

describe('the forms of a path', () => {
  it('never loosen: what is denied as written is denied in every disguise', () => {
    fc.assert(
      fc.property(path, fc.constantFrom(...disguises), (name, disguise) => {
        fc.pre(!judge(name).allowed && !/[ß]/u.test(name) && !/[. ]$/u.test(name));
        expect(isDenied(disguise(name))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('always hold the path as it is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(pathForms(name)).toContain(name);
      }),
    );
  });

  it('fold to the same whatever the case and the Unicode form', () => {
    fc.assert(
      fc.property(path, (name) => {
        expect(foldPath(name.normalize('NFD'))).toBe(foldPath(name));
        expect(foldPath(foldPath(name))).toBe(foldPath(name));
        if (/^[ -~]*$/u.test(name)) expect(foldPath(name.toUpperCase())).toBe(foldPath(name));
      }),
    );
  });

  it('never take a path with two dots in it for one below', () => {
    fc.assert(
      fc.property(fc.array(segment), fc.array(segment), fc.constantFrom('/', '\\'), (before, after, by) => {
        expect(staysBelow([...before, '..', ...after].join(by))).toBe(false);
      }),
    );
  });

  it('are deceptive with a mark of direction anywhere, and not in plain words of any script', () => {
    fc.assert(
      fc.property(path, path, fc.constantFrom('\u202e', '\u2066', '\n', '\u001b'), (left, right, mark) => {
        expect(isDeceptive(left + mark + right)).toBe(true);
      }),
    );
    for (const name of ['größe.txt', 'отчёт.md', '報告.txt', 'תיק/קובץ', '👩‍💻.md'])
      expect(isDeceptive(name)).toBe(false);
  });
});

describe('a path policy', () => {
  const globs = fc.constantFrom(
    '**',
    'src/**',
    '**/.env*',
    '*.md',
    '**/*.pem',
    'größe',
    'a/**/b',
    '**/.git/**',
  );

  it('lets deny win over any allow', () => {
    fc.assert(
      fc.property(path, fc.array(globs), fc.array(globs), (name, allow, deny) => {
        const denies = createPathJudge({ allow: [], deny })(name);
        if (!denies.allowed) expect(createPathJudge({ allow, deny })(name).allowed).toBe(false);
      }),
    );
  });

  it('never allows more for another denial', () => {
    fc.assert(
      fc.property(path, fc.array(globs), fc.array(globs), globs, (name, allow, deny, more) => {
        const before = createPathJudge({ allow, deny })(name);
        const after = createPathJudge({ allow, deny: [...deny, more] })(name);
        if (!before.allowed) expect(after.allowed).toBe(false);
      }),
    );
  });

  it('judges the composed and the decomposed form alike, of path and of glob', () => {
    fc.assert(
      fc.property(path, fc.array(globs), (name, deny) => {
        const asWritten = createPathJudge({ allow: [], deny })(name).allowed;
        const turned = createPathJudge({ allow: [], deny: deny.map((glob) => glob.normalize('NFD')) });
        expect(turned(name.normalize('NFD')).allowed).toBe(asWritten);
      }),
    );
  });
});
