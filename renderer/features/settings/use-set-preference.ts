import type { PreferenceValues } from '../../app/preferences.ts';
import { usePreferences } from '../../app/shell-context.tsx';
import { useToast } from '../../ui/toast.tsx';
import { strings } from './strings.ts';

/** Changes how this window looks or is used, says so, and takes it back on demand. */
export function useSetPreference() {
  const [values, set] = usePreferences();
  const toast = useToast();
  return <Name extends keyof PreferenceValues>(
    name: Name,
    value: PreferenceValues[Name],
    said: { readonly label: string; readonly words: string },
  ): void => {
    const before = values[name];
    if (before === value) return;
    set({ [name]: value });
    toast({
      text: strings.saved(said.label, said.words),
      action: {
        label: 'Undo',
        run: () => {
          set({ [name]: before });
        },
      },
    });
  };
}
