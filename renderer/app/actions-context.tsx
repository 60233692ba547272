import { createContext, use, useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { Button, type ButtonProps } from '../ui/button.tsx';
import { KeyHintsProvider } from '../ui/key-hints.tsx';
import type { MenuAction } from '../ui/menu.tsx';
import type { Action, ActionRegistry } from './actions.ts';
import { keyHintsOf } from './key-hints-of.ts';

const ActionsContext = createContext<ActionRegistry | undefined>(undefined);

export function ActionsProvider({ registry, children }: { registry: ActionRegistry; children: ReactNode }) {
  const hints = useMemo(() => keyHintsOf(registry), [registry]);
  return (
    <ActionsContext value={registry}>
      <KeyHintsProvider hints={hints}>{children}</KeyHintsProvider>
    </ActionsContext>
  );
}

export function useActionRegistry(): ActionRegistry {
  const registry = use(ActionsContext);
  if (!registry) throw new Error('Actions need an ActionsProvider above them');
  return registry;
}

/** Offers actions while the component is mounted. The list may be written inline: only a visible change registers anew. */
export function useActions(actions: readonly Action[]): void {
  const registry = useActionRegistry();
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const shape = JSON.stringify(actions.map(({ run: _, ...visible }) => visible));
  useEffect(() => {
    const visible = JSON.parse(shape) as Omit<Action, 'run'>[];
    return registry.register(
      visible.map((action, index) => ({
        ...action,
        // The newest closure runs, though the registration may be older.
        run: () => latest.current[index]?.run(),
      })),
    );
  }, [registry, shape]);
}

export function useActionList(): readonly Action[] {
  const registry = useActionRegistry();
  return useSyncExternalStore(registry.subscribe, registry.snapshot);
}

export function useAction(id: string): Action | undefined {
  return useActionList().find((action) => action.id === id);
}

/** A button for a registered action: same title, key and reason as in the palette. Renders nothing while it is not offered. */
export function ActionButton({
  id,
  children,
  ...rest
}: { id: string } & Omit<ButtonProps, 'onClick' | 'keys' | 'unavailable'>) {
  const action = useAction(id);
  if (!action) return null;
  return (
    <Button {...rest} keys={`@${id}`} unavailable={action.unavailable} onClick={action.run}>
      {children ?? action.title}
    </Button>
  );
}

/** Menu entries for registered actions, in the order of `ids`; those not offered are left out. */
export function useActionEntries(ids: readonly string[]): readonly MenuAction[] {
  const actions = useActionList();
  return useMemo(
    () =>
      ids.flatMap((id) => {
        const action = actions.find((each) => each.id === id);
        if (!action) return [];
        return [
          {
            id,
            label: action.title,
            keys: `@${id}`,
            unavailable: action.unavailable,
            onSelect: action.run,
          },
        ];
      }),
    [actions, ids],
  );
}
