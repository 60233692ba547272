/** A text of at most `most` characters: its beginning and, where more counts at the end, more of that. */
export function boundText(text: string, most: number, keep: 'start' | 'end'): string {
  if (text.length <= most) return text;
  const [head, tail] = keep === 'start' ? [most, 0] : [Math.floor(most / 4), most - Math.floor(most / 4)];
  const left = `\n… ${String(text.length - most)} characters left out …\n`;
  return text.slice(0, head) + left + (tail === 0 ? '' : text.slice(-tail));
}
