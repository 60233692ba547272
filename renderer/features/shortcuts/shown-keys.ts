import { formatKeys } from '../../ui/keys.ts';

/** A binding in a sentence: "G S", "Ctrl+K". */
export function keyWords(binding: string): string {
  return formatKeys(binding).join(' ');
}
