const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const wide =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** How many terminal cells a text takes: two for East Asian wide characters and emoji, none for marks that combine. */
export function displayWidth(text: string): number {
  if (/^[\u0020-\u007e]*$/u.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** The text cut to `size` cells, with `…` where it was cut. */
export function fit(text: string, size: number): string {
  if (displayWidth(text) <= size) return text;
  if (size <= 1) return size === 1 ? '…' : '';
  let out = '';
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    const next = graphemeWidth(segment);
    if (width + next > size - 1) break;
    out += segment;
    width += next;
  }
  return `${out.trimEnd()}…`;
}

function graphemeWidth(segment: string): number {
  if (/^(?:\p{Mark}|\p{Default_Ignorable_Code_Point})+$/u.test(segment)) return 0;
  return wide.test(segment) ? 2 : 1;
}
