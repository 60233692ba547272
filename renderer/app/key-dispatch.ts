import { tinykeys } from 'tinykeys';
import { bindings, scopes, type Action, type ActionRegistry, type ActionScope } from './actions.ts';

/** Scopes whose keys are live for a press on `target`: an open dialog or popover hides all below it. */
export function liveScopes(target: EventTarget | null, document: Document): ReadonlySet<ActionScope> {
  for (const barrier of ['dialog', 'popover'] as const)
    if (document.querySelector(`[data-scope="${barrier}"]:not([data-closed])`)) return new Set([barrier]);
  const inList = target instanceof Element && target.closest('[data-scope="list"]') !== null;
  return new Set<ActionScope>(inList ? ['list', 'view', 'global'] : ['view', 'global']);
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type);
  return target instanceof HTMLSelectElement;
}

/** Enter and Space press what is focused, when that can be pressed. */
function isPress(event: KeyboardEvent): boolean {
  const pressable =
    'a[href], button, summary, [role="button"], [role="option"], [role="tab"], [role="radio"], [role="switch"], [role="checkbox"], [role^="menuitem"]';
  return (
    (event.key === 'Enter' || event.key === ' ') &&
    event.target instanceof Element &&
    event.target.closest(pressable) !== null
  );
}

// Undo, redo, copy, cut, paste and select all belong to the text that is being edited.
const editing = new Set(['z', 'y', 'c', 'x', 'v', 'a']);

export interface KeyOptions {
  /** Off: only bindings with a modifier work (WCAG 2.1.4). */
  readonly singleKeys: () => boolean;
}

/** How long the second press of a sequence may take; that of tinykeys, which keeps sequences. */
export const SEQUENCE_MS = 1_000;

/** Connects the registry to the keyboard; the result disconnects it. */
export function connectKeys(
  window: Window & typeof globalThis,
  registry: ActionRegistry,
  options: KeyOptions,
): () => void {
  const ignore = (event: KeyboardEvent): boolean => {
    if (event.defaultPrevented || event.isComposing) return true;
    const chord = event.metaKey || event.ctrlKey;
    if (!chord && isPress(event)) return true;
    if (!isTextField(event.target)) return !chord && event.key !== 'Escape' && !options.singleKeys();
    if (event.key === 'Escape') return false;
    return !chord || editing.has(event.key.toLowerCase());
  };

  const dispatch = (keys: string, event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const live = liveScopes(event.target, window.document);
    const bound = (scope: ActionScope): Action | undefined =>
      registry.snapshot().find((action) => action.scope === scope && bindings(action).includes(keys));
    for (const scope of scopes) {
      const action = live.has(scope) ? bound(scope) : undefined;
      if (!action) continue;
      event.preventDefault();
      if (action.unavailable === undefined && (!event.repeat || action.repeats)) action.run();
      return;
    }
  };

  // A view that comes up between the presses of "g s" brings keys of its own. Bound at once, they would make its plain "s" of the second.
  let opened: number | undefined;
  let openers = new Set<string>();
  let connected = '';
  let disconnect: (() => void) | undefined;
  const connect = (): void => {
    const all = new Set(registry.snapshot().flatMap(bindings));
    // Sequences first: "g s" must win over a plain "s" on the press that ends it.
    const ordered = [...all].sort((a, b) => b.split(' ').length - a.split(' ').length || (a < b ? -1 : 1));
    const next = ordered.join('\n');
    // Binding afresh would forget a half-typed sequence, so only a new set of keys does it, and not in the middle of one.
    if (next === connected || opened !== undefined) return;
    connected = next;
    disconnect?.();
    openers = new Set(
      ordered.filter((keys) => keys.includes(' ')).map((keys) => keys.slice(0, keys.indexOf(' '))),
    );
    const map = Object.fromEntries(
      ordered.map((keys) => [
        keys,
        (event: KeyboardEvent) => {
          dispatch(keys, event);
        },
      ]),
    );
    disconnect = tinykeys(window, map, { ignore });
  };
  const close = (): void => {
    window.clearTimeout(opened);
    opened = undefined;
    connect();
  };
  const watch = (event: KeyboardEvent): void => {
    // Whatever is pressed second ends it, once it has been heard.
    const wait = opened === undefined && openers.has(event.key) && !ignore(event) ? SEQUENCE_MS : 0;
    if (opened === undefined && wait === 0) return;
    window.clearTimeout(opened);
    opened = window.setTimeout(close, wait);
  };
  connect();
  window.addEventListener('keydown', watch, true);
  const unsubscribe = registry.subscribe(connect);
  return () => {
    unsubscribe();
    window.removeEventListener('keydown', watch, true);
    window.clearTimeout(opened);
    disconnect?.();
  };
}
