import { usePreferences } from '../../app/shell-context.tsx';

/** Which sections of this window's own hold what is not the default. */
export function useChangedPreferences(): { readonly appearance: boolean; readonly shortcuts: boolean } {
  const [{ theme, diffColours, shortcuts, singleKeys }] = usePreferences();
  return {
    appearance: theme !== 'system' || diffColours !== 'teal-orange',
    shortcuts: Object.keys(shortcuts).length > 0 || !singleKeys,
  };
}
