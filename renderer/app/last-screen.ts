import type { RendererClock } from '../client/clock.ts';
import { strings } from './strings.ts';

/** What the window showed last, as its first script shows it again: renderer/public/first.js. */
export interface LastScreen {
  readonly hash: string;
  /** Of the window, in pixels: what was laid out for another size would be wrong. */
  readonly width: number;
  readonly height: number;
  /** The style sheet it was made for: that of another build may know none of its classes. */
  readonly styles: string;
  /** Attributes of `<html>`. */
  readonly page: Readonly<Record<string, string>>;
  readonly html: string;
}

const storageKey = 'homer.screen';
/** Characters. A storage holds five million for all of Homer; a full board takes 150,000. */
const MOST = 1_000_000;
const RESTED_MS = 3_000;
/** What of `<html>` decides how all of it looks. */
const onPage = ['data-theme', 'data-diff', 'data-density', 'dir'];

type Page = Pick<Window, 'document' | 'innerWidth' | 'innerHeight' | 'location' | 'addEventListener'> & {
  readonly localStorage: Pick<Storage, 'setItem' | 'removeItem'>;
};

/**
 * Keeps what the window shows whenever it is left, and once it has come to rest, so that it opens with it the next time: before any module
 * was read, and before the host was asked. `isLive` says whether what is shown may be kept.
 */
export function keepLastScreen(
  window: Page,
  root: HTMLElement,
  clock: Pick<RendererClock, 'after'>,
  isLive: () => boolean,
): void {
  const keep = (): void => {
    if (!isLive() || !isFilled(root)) return;
    const screen = JSON.stringify(readScreen(window, root));
    try {
      if (screen.length > MOST) window.localStorage.removeItem(storageKey);
      else window.localStorage.setItem(storageKey, screen);
    } catch {
      // The storage is full. An older screen is worse than none: this one is missed for a moment at the next start.
      window.localStorage.removeItem(storageKey);
    }
  };
  // The live connection ends between the two; a window that is closed has only the second.
  window.addEventListener('beforeunload', keep);
  window.addEventListener('pagehide', keep);
  window.document.addEventListener('visibilitychange', () => {
    if (window.document.visibilityState === 'hidden') keep();
  });
  // Whoever is ended by force never leaves.
  clock.after(RESTED_MS, keep);
}

/** Takes the last screen away as soon as what is true now stands behind it. */
export function giveWay(root: HTMLElement, last: HTMLElement): void {
  const look = (): void => {
    if (!isFilled(root)) return;
    observer.disconnect();
    last.remove();
  };
  const observer = new MutationObserver(look);
  observer.observe(root, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['aria-busy'],
  });
  look();
}

/** A view stands there, and waits for nothing. */
function isFilled(root: HTMLElement): boolean {
  const main = root.querySelector('main');
  return (
    main !== null &&
    main.querySelector('[aria-busy="true"]') === null &&
    (main.textContent.trim() !== '' || main.querySelector('svg') !== null)
  );
}

/** What stands in `root`, with its scroll positions and what was typed; nothing secret that was. */
export function readScreen(
  {
    document,
    innerWidth,
    innerHeight,
    location,
  }: Pick<Page, 'document' | 'innerWidth' | 'innerHeight' | 'location'>,
  root: HTMLElement,
): LastScreen {
  const copy = root.cloneNode(true) as HTMLElement;
  const copies = copy.querySelectorAll('*');
  for (const [index, shown] of root.querySelectorAll('*').entries()) {
    const made = copies[index];
    if (!made) continue;
    if (shown.scrollTop !== 0 || shown.scrollLeft !== 0)
      made.setAttribute('data-scrolled', `${String(shown.scrollLeft)} ${String(shown.scrollTop)}`);
    if (shown instanceof HTMLTextAreaElement) made.textContent = shown.value;
    else if (shown instanceof HTMLInputElement)
      if (shown.type === 'password') made.removeAttribute('value');
      else made.setAttribute('value', shown.value);
  }
  // It was live then.
  const connection = copy.querySelector('[data-connection]');
  if (connection) connection.textContent = strings.connection.connecting;
  const page: Record<string, string> = {};
  for (const name of onPage) {
    const value = document.documentElement.getAttribute(name);
    if (value !== null) page[name] = value;
  }
  return {
    hash: location.hash,
    width: innerWidth,
    height: innerHeight,
    styles: document.querySelector('link[rel=stylesheet]')?.getAttribute('href') ?? '',
    page,
    html: copy.innerHTML,
  };
}
