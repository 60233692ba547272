/** Opens an address in the reader's browser; the host of the window decides how. */
export function openLink(url: string): void {
  window.open(url, '_blank', 'noopener,noreferrer');
}
