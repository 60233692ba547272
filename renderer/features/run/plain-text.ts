/** Prose on one line shows no markup. */
export function plainText(markdown: string): string {
  return markdown.replace(/^#+\s+/, '').replaceAll(/[*_`]{1,3}([^*_`\n]+)[*_`]{1,3}/g, '$1');
}
