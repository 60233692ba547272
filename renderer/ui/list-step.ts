/** Where a key leads from row `index` of `count`; undefined when the key does not move. */
export function listStep(key: string, index: number, count: number, page: number): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  const to = (next: number): number => Math.min(last, Math.max(0, next));
  switch (key) {
    case 'ArrowDown':
    case 'j':
    case 'J':
      return to(index + 1);
    case 'ArrowUp':
    case 'k':
    case 'K':
      return index < 0 ? last : to(index - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
      return to(index + page);
    case 'PageUp':
      return to(index - page);
    default:
      return undefined;
  }
}
