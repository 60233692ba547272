import { usePreferences } from '../../app/shell-context.tsx';

/** Which sections of this window's own hold what is not the default. */
export function useChangedPreferences(): { readonly appearance: boolean; readonly shortcuts: boolean } {
  const [{ theme, density, diffColours, shortcuts, singleKeys }] = usePreferences();
  return {
    appearance: theme !== 'system' || density !== 'default' || diffColours !== 'teal-orange',
    shortcuts: Object.keys(shortcuts).length > 0 || !singleKeys,
  };
}
