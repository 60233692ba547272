import { useAction } from '../../app/actions-context.tsx';
import { usePreferences } from '../../app/shell-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import { strings } from './strings.ts';

export function AppearanceSection() {
  const [preferences, setPreferences] = usePreferences();
  const shortcuts = useAction('shell.shortcuts');
  return (
    <div className="flex flex-col gap-16">
      <div className="flex items-center justify-between gap-16">
        {strings.theme}
        <Segmented
          label={strings.theme}
          value={preferences.theme}
          onValueChange={(theme) => {
            setPreferences({ theme });
          }}
          segments={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: strings.themes[value],
          }))}
        />
      </div>
      <div className="flex items-center justify-between gap-16">
        <span className="flex flex-col">
          {strings.diffColours}
          <span className="text-meta text-ink-2">{strings.diffColoursHelp}</span>
        </span>
        <Segmented
          label={strings.diffColours}
          value={preferences.diffColours}
          onValueChange={(diffColours) => {
            setPreferences({ diffColours });
          }}
          segments={(['teal-orange', 'blue-orange'] as const).map((value) => ({
            value,
            label: strings.diffColourPairs[value],
          }))}
        />
      </div>
      <Switch
        label={strings.singleKeys}
        help={strings.singleKeysHelp}
        checked={preferences.singleKeys}
        onCheckedChange={(singleKeys) => {
          setPreferences({ singleKeys });
        }}
      />
      <Button className="self-start" keys="?" onClick={() => shortcuts?.run()}>
        {strings.shortcuts}
      </Button>
    </div>
  );
}
