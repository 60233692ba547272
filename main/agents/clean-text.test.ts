import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundText, cleanText } from './clean-text.ts';

describe('text of events', () => {
  it.each([
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['a window title', 'a\u001b]0;owned\u0007b', 'ab'],
    ['a link', '\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['an escape left open', 'a\u001b]0;never closed\nb', 'a\nb'],
    ['C1 controls', 'a\u009b31mb', 'ab'],
    ['cursor moves and bells', 'a\u001b[2Jb\u0007\u0008\u0000c', 'abc'],
    ['a progress line', '10%\r50%\rdone\r\nnext', 'done\nnext'],
    ['marks that reverse text', 'user\u202etxt.exe\u2066', 'usertxt.exe'],
    ['letters that only a model reads', 'ok\u{e0041}\u{e0042}\u{e007f}.', 'ok.'],
    ['lines that only some views see', 'a\u2028b\u2029c', 'a\nb\nc'],
    ['half a surrogate', 'a\ud800b', 'a\ufffdb'],
  ])('is rid of %s', (_name, raw, clean) => {
    expect(cleanText(raw)).toBe(clean);
  });

  it('keeps tabs, newlines and every language', () => {
    const text = 'a\tb\nשלום 日本 🙂 é';
    expect(cleanText(text)).toBe(text);
  });

  it('is cut between characters and says how much is missing', () => {
    const text = boundText('🙂'.repeat(100), 164);
    expect(text).toBe(`${'🙂'.repeat(25)}… [300 bytes left out]`);
    expect(boundText('short', 164)).toBe('short');
  });

  it('is text and nothing else for two hundred hostile payloads, put together at random', () => {
    const word = fc.constantFrom(
      'Approve',
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      'раураl',
      'x',
    );
    const piece = fc.oneof(
      word,
      fc.constantFrom(
        '\u001b[31;1m',
        '\u001b[2J\u001b[H',
        '\u001b]8;;https://evil.example/\u0007',
        '\u001b]8;id=1;javascript:alert(1)\u001b\\',
        '\u001b]52;c;ZXZpbA==\u0007',
        '\u001b]0;Homer: approved\u0007',
        '\u001bP+q544e\u001b\\',
        '\u001b_Gf=100;AAAA\u001b\\',
        '\u001b',
        '\u009b31m',
        '\u009d8;;x\u009c',
        '\u202e',
        '\u2066',
        '\u2069',
        '\u{e0041}',
        '\u0008\u0008',
        '\r',
        '\u0000',
        '\ud800',
        '\u2028',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const unwanted =
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]|\udb40[\udc00-\udc7f]/;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const clean = cleanText(text);
        expect(clean).not.toMatch(unwanted);
        expect(clean.isWellFormed()).toBe(true);
        // Nothing is left that a second pass would make something of: no escape is built from the pieces of others.
        expect(cleanText(clean)).toBe(clean);
        // What it has of markup it had before: nothing is turned into any.
        expect(clean.split('<').length).toBeLessThanOrEqual(text.split('<').length);
      }),
      { numRuns: 200 },
    );
  });
});
