import { useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useToast } from '../../ui/toast.tsx';
import { submitOnChord } from '../proposal/submit-on-chord.ts';
import {
  changesOf,
  draftOf,
  globFault,
  isSound,
  longestGlob,
  mostGlobs,
  type PolicyDraft,
} from './policy-draft.ts';
import { PatternRows } from './pattern-rows.tsx';
import type { Project } from './project.ts';
import { strings } from './strings.ts';
import { TryPaths } from './try-paths.tsx';
import { TryWords } from './try-words.tsx';

const words = strings.policy;

/** What runs may change, and what a person should see before a run starts; tried out before it is saved. Keyed by version above. */
export function PolicyPart({ project }: { project: Project }) {
  const [edits, setEdits] = useState<Partial<PolicyDraft>>({});
  const { busy, failure, send } = useForm();
  const toast = useToast();
  const draft = { ...draftOf(project), ...edits };
  const settings = changesOf(draft, project);
  const dirty = Object.keys(settings).length > 0;
  const sound = isSound(draft);
  const set = (more: Partial<PolicyDraft>): void => {
    setEdits({ ...edits, ...more });
  };
  const save = async (): Promise<void> => {
    if (!dirty || !sound) return;
    const { id, version, pathPolicy, riskProfile, sensitivePatterns } = project;
    const reply = await send('project.update', { id, version, settings });
    if (!reply.ok) return;
    const after = reply.value.version;
    toast({
      text: words.saved,
      action: {
        label: 'Undo',
        run: () =>
          void send('project.update', {
            id,
            version: after,
            settings: { pathPolicy, riskProfile, sensitivePatterns },
          }),
      },
    });
  };
  const submit = (): void => void save();
  return (
    <div className="flex flex-col gap-24 pt-16">
      <form
        className="flex flex-col gap-16"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={submitOnChord(submit)}
      >
        <div className="grid gap-12 narrow:grid-cols-2">
          <Field label={words.deny} help={words.denyHelp} error={faultOf(draft.deny)}>
            <TextArea
              mono
              value={draft.deny}
              minRows={8}
              onValueChange={(deny) => {
                set({ deny });
              }}
            />
          </Field>
          <Field label={words.allow} help={words.allowHelp} error={faultOf(draft.allow)}>
            <TextArea
              mono
              value={draft.allow}
              minRows={8}
              onValueChange={(allow) => {
                set({ allow });
              }}
            />
          </Field>
        </div>
        <TryPaths allow={draft.allow} deny={draft.deny} sound={sound} />
        <Field label={words.risk} help={words.riskHelp[draft.riskProfile]}>
          <Select
            className="max-w-[240px]"
            value={draft.riskProfile}
            onValueChange={(riskProfile) => {
              set({ riskProfile });
            }}
            options={(['strict', 'balanced', 'trusted'] as const).map((value) => ({
              value,
              label: labels.riskProfile[value],
            }))}
          />
        </Field>
        <PatternRows
          patterns={draft.patterns}
          onChange={(patterns) => {
            set({ patterns });
          }}
        />
        <TryWords projectId={project.id} draft={draft} sound={sound} />
        {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
        {/* Stays in sight below what is typed, however long that is. */}
        <div className="sticky bottom-0 -mx-4 flex justify-end gap-8 border-t border-line bg-canvas px-4 py-12">
          {dirty ? (
            <Button
              onClick={() => {
                setEdits({});
              }}
            >
              {words.revert}
            </Button>
          ) : null}
          <Button
            keys="$mod+Enter"
            busy={busy}
            unavailable={dirty ? (sound ? undefined : words.unsound) : words.unchanged}
            onClick={submit}
          >
            {words.save}
          </Button>
        </div>
      </form>
    </div>
  );
}

function faultOf(text: string): string | undefined {
  const fault = globFault(text);
  if (!fault) return undefined;
  return fault.kind === 'many' ? words.tooMany(mostGlobs) : words.tooLong(fault.line, longestGlob);
}
