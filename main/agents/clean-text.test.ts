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
});
