import type { KeyHints } from '../ui/key-hints.tsx';
import { bindings, type ActionRegistry } from './actions.ts';

/**
 * Hints as the registry has their actions now. A key that is written out stands for the innermost action that comes with it;
 * where none does, nobody can have changed it.
 */
export function keyHintsOf(registry: ActionRegistry): KeyHints {
  return {
    subscribe: registry.subscribe,
    shown(hint, layer) {
      if (hint.startsWith('@')) {
        const action = registry.find(hint.slice(1));
        return action && bindings(action)[0];
      }
      const action = registry
        .snapshot()
        .find(
          ({ scope, givenKeys, keys }) =>
            (layer === 'page' || layer === scope) && (givenKeys ?? [keys].flat()).includes(hint),
        );
      return action?.givenKeys ? bindings(action)[0] : hint;
    },
  };
}
