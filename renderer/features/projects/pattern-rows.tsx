import { Plus, Trash2 } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { patternFault, type Pattern } from './policy-draft.ts';
import { strings } from './strings.ts';

const words = strings.policy;

/** Words a person should see before a run starts: a name and a regular expression each, checked as they are typed. */
export function PatternRows({
  patterns,
  onChange,
}: {
  readonly patterns: readonly Pattern[];
  readonly onChange: (patterns: readonly Pattern[]) => void;
}) {
  const change = (at: number, more: Partial<Pattern>): void => {
    onChange(patterns.map((pattern, index) => (index === at ? { ...pattern, ...more } : pattern)));
  };
  return (
    <fieldset className="flex flex-col gap-8">
      <legend className="text-body font-medium">{words.patterns}</legend>
      <p className="text-meta text-ink-2">{words.patternsHelp}</p>
      {patterns.length === 0 ? <p className="text-ink-2">{words.patternsNone}</p> : null}
      {patterns.map((pattern, index) => {
        const fault = patternFault(pattern);
        return (
          <div
            key={index}
            className="grid grid-cols-[minmax(96px,160px)_minmax(0,1fr)_28px] items-start gap-8"
          >
            <Field
              label={words.patternName(index + 1)}
              hideLabel
              error={fault === 'name' ? words.patternFaults.name : undefined}
            >
              <TextField
                value={pattern.name}
                maxLength={80}
                onValueChange={(name) => {
                  change(index, { name });
                }}
              />
            </Field>
            <Field
              label={words.patternText(index + 1)}
              hideLabel
              error={fault !== undefined && fault !== 'name' ? words.patternFaults[fault] : undefined}
            >
              <TextField
                mono
                value={pattern.pattern}
                onValueChange={(text) => {
                  change(index, { pattern: text });
                }}
              />
            </Field>
            <IconButton
              icon={Trash2}
              label={words.patternRemove(pattern.name)}
              onClick={() => {
                onChange(patterns.filter((_, at) => at !== index));
              }}
            />
          </div>
        );
      })}
      <div>
        <Button
          size="small"
          icon={Plus}
          onClick={() => {
            onChange([...patterns, { name: '', pattern: '' }]);
          }}
        >
          {words.patternAdd}
        </Button>
      </div>
    </fieldset>
  );
}
