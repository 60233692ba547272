import { Badge, Chip } from '../ui/badge.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { type Tone } from '../ui/status-glyph.tsx';

const tones: readonly Tone[] = ['neutral', 'running', 'attention', 'success', 'danger'];

export function Badges() {
  return (
    <>
      {tones.map((tone) => (
        <Badge key={tone} tone={tone}>
          {tone}
        </Badge>
      ))}
      <Badge mono>HOM-41</Badge>
      <Chip onPress={() => undefined} pressed>
        Pressed
      </Chip>
      <Chip onPress={() => undefined}>Toggle</Chip>
      <Chip onRemove={() => undefined} removeLabel="Remove filter project">
        project: api
      </Chip>
      <Kbd keys="$mod+Shift+c" /> <Kbd keys="g b" />
    </>
  );
}
