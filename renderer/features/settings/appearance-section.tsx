import { usePreferences } from '../../app/shell-context.tsx';
import { cx } from '../../ui/cx.ts';
import { densities } from '../../ui/density.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { SettingRow } from './setting-row.tsx';
import { strings } from './strings.ts';
import { useSetPreference } from './use-set-preference.ts';

const words = strings.appearance;

/** How this window looks. Each choice holds at once, and is shown in the window itself. */
export function AppearanceSection() {
  const [{ theme, density, diffColours }] = usePreferences();
  const set = useSetPreference();
  return (
    <div className="flex flex-col">
      <SettingRow label={words.theme} help={words.themeHelp} changed={theme !== 'system'}>
        <Segmented
          label={words.theme}
          value={theme}
          onValueChange={(value) => {
            set('theme', value, { label: words.theme, words: strings.themes[value] });
          }}
          segments={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: strings.themes[value],
          }))}
        />
      </SettingRow>
      <SettingRow label={words.density} help={words.densityHelp} changed={density !== 'default'}>
        <Segmented
          label={words.density}
          value={density}
          onValueChange={(value) => {
            set('density', value, { label: words.density, words: words.densities[value] });
          }}
          segments={densities.map((value) => ({ value, label: words.densities[value] }))}
        />
      </SettingRow>
      <SettingRow label={words.diff} help={words.diffHelp} changed={diffColours !== 'teal-orange'}>
        <Segmented
          label={words.diff}
          value={diffColours}
          onValueChange={(value) => {
            set('diffColours', value, { label: words.diff, words: words.diffs[value] });
          }}
          segments={(['teal-orange', 'blue-orange'] as const).map((value) => ({
            value,
            label: words.diffs[value],
          }))}
        />
      </SettingRow>
      <DiffSample />
    </div>
  );
}

/** Three lines of a diff, so that the colours are seen where they are chosen. */
function DiffSample() {
  return (
    <figure
      aria-label={words.sample}
      className="mt-8 overflow-hidden rounded-control border border-line bg-code"
    >
      {words.sampleLines.map(({ sign, text }) => (
        <pre
          key={text}
          className={cx(
            'border-s-[3px] px-12 py-2 font-mono text-code',
            sign === '+' ? 'border-s-success bg-diff-add-line' : 'border-s-danger bg-diff-delete-line',
          )}
        >
          {sign} {text}
        </pre>
      ))}
    </figure>
  );
}
