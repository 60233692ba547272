/** Where the page is, and whether it is one of the desktop app. */
export interface LinkBase {
  readonly desktop: boolean;
  readonly base: string;
}

const here = (): LinkBase => ({ desktop: 'homer' in window, base: document.baseURI });

/**
 * An address ("#/run/…") as somebody else, or the owner tomorrow, can open it: of the page in a browser; in the desktop app, whose pages have
 * no address outside of it, one that starts Homer there. Such a link names a page and nothing more.
 */
export function linkTo(hash: string, { desktop, base }: LinkBase = here()): string {
  if (!desktop) return new URL(hash, base).toString();
  const [path = '', search = ''] = hash.replace(/^#?\//u, '').split('?');
  const section = path === 'settings' ? new URLSearchParams(search).get('section') : null;
  return `homer://${path}${section === null ? '' : `/${section}`}`;
}
