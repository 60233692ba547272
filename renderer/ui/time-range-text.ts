/** The two times of `22:00-07:00`; each may be missing. */
export function splitRange(range: string): { from: string; to: string } {
  const [from = '', to = ''] = range.split('-');
  return { from, to };
}

/** How long a range of two times of day is, in words: `9 h, ends the next day`. */
export function rangeLength(range: string): string {
  const { from, to } = splitRange(range);
  const length = minuteOf(to) - minuteOf(from);
  const minutes = length > 0 ? length : length + 24 * 60;
  const words = [
    minutes >= 60 ? `${String(Math.floor(minutes / 60))} h` : '',
    minutes % 60 > 0 ? `${String(minutes % 60)} min` : '',
  ].filter((part) => part !== '');
  return `${words.join(' ')}${length > 0 || to === '00:00' ? '' : ', ends the next day'}`;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
