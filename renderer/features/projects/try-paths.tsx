import { useMemo } from 'react';
import { useEntryState } from '../../app/router-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { Mono } from '../../ui/mono.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { linesOf } from './policy-draft.ts';
import { strings } from './strings.ts';
import { useLast } from './use-last.ts';
import { useSettled } from './use-settled.ts';

const words = strings.policy.paths;
const most = 500;

/** Which of these paths a run may change under the globs as they are typed, and by which rule: asked of the policy that judges runs. */
export function TryPaths({
  allow,
  deny,
  sound,
}: {
  readonly allow: string;
  readonly deny: string;
  readonly sound: boolean;
}) {
  // Kept over saving, which starts the form afresh: what was tried is tried again.
  const [typed, setTyped] = useEntryState('try paths', '');
  const asked = useSettled(JSON.stringify({ allow, deny, typed }));
  const { input, count } = useMemo(() => {
    const now = JSON.parse(asked) as { allow: string; deny: string; typed: string };
    const paths = linesOf(now.typed).map((path) => path.slice(0, 1_000));
    return {
      count: paths.length,
      input: { allow: linesOf(now.allow), deny: linesOf(now.deny), paths: paths.slice(0, most) },
    };
  }, [asked]);
  const {
    data: answer,
    failure,
    reread,
  } = useQuery('policy.preview', input.paths.length > 0 ? input : { ...input, paths: ['.'] }, {
    enabled: sound && input.paths.length > 0,
  });
  const data = useLast(answer);
  const verdicts = input.paths.length > 0 ? (data?.paths ?? []) : [];
  const denied = verdicts.filter(({ allowed }) => !allowed).length;
  return (
    <section className="flex flex-col gap-8 border-s-2 border-line ps-12">
      <Field label={words.label} help={count > most ? words.many(most) : words.help}>
        <TextArea
          mono
          value={typed}
          minRows={2}
          maxRows={8}
          placeholder={words.placeholder}
          onValueChange={setTyped}
        />
      </Field>
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} onRetry={reread} /> : null}
      {verdicts.length > 0 ? (
        <>
          <p role="status" className="text-meta text-ink-2">
            {words.count(verdicts.length - denied, denied)}
          </p>
          <ul
            tabIndex={0}
            aria-label={words.results}
            className="max-h-[240px] overflow-y-auto rounded-control"
          >
            {verdicts.map(({ path, allowed, rule }, index) => (
              <li key={`${String(index)} ${path}`} className="flex min-h-28 items-center gap-8">
                <StatusGlyph
                  shape={allowed ? 'check' : 'octagon'}
                  label={allowed ? words.allowed : words.denied}
                />
                <span className="min-w-0 flex-1">
                  <Mono elide>{path}</Mono>
                </span>
                <span className="max-w-[50%] truncate text-meta text-ink-2" title={rule}>
                  {rule}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
