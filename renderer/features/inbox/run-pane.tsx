import { choicesFor, type Choice } from '../../../preload/contract/choices.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { useActions } from '../../app/actions-context.tsx';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useReached } from '../../client/use-reached.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { submitOnChord } from '../proposal/submit-on-chord.ts';
import { useDraft } from '../proposal/use-draft.ts';
import { PermissionForm } from '../run/permission-form.tsx';
import { kindShape, type InboxItem } from './inbox-item.ts';
import { MoreMenu } from './more-menu.tsx';
import { Pane } from './pane.tsx';
import { RunFacts, RunFiles, TestOutput } from './run-facts.tsx';
import { useSnoozeActions } from './snooze-actions.ts';
import { SnoozeMenu } from './snooze-menu.tsx';
import { strings } from './strings.ts';
import type { InboxDecisions } from './use-inbox-decisions.ts';

const words = strings.run;
const answerId = 'inbox-answer';

/** A run that waits: held back, asking, ready to review, or failed. Applying is decided where the diff is. */
export function RunPane({
  item,
  inert,
  onDecide,
}: {
  item: InboxItem;
  inert: boolean;
  onDecide: InboxDecisions['decide'];
}) {
  const router = useRouter();
  const toast = useToast();
  const { data, failure } = useQuery('run.get', { id: item.entityId });
  const { busy, failure: refused, send } = useForm();
  const [text, setText] = useDraft(`run.${item.entityId}`);
  const kind = strings.kind[item.kind];
  const target = { id: item.entityId, version: data?.run.version ?? item.version };
  const decide = (action: Choice['action']): void => {
    const choice = choicesFor(item).find((each) => each.action === action);
    if (choice) onDecide([item], choice);
  };
  const answer = async (): Promise<void> => {
    if (text.trim() === '' || inert || !reached) return;
    const reply = await send('run.answer', { ...target, text });
    if (!reply.ok) return;
    setText('');
    toast({ text: words.done.answer });
  };
  const review = (): void => {
    router.go(to('review', { id: item.entityId }));
  };
  const reached = useReached();
  const wait = !reached ? strings.lost : inert ? strings.choose : undefined;
  const base = { group: strings.group, scope: 'view', onSelection: true } as const;
  const primary =
    item.kind === 'draft'
      ? {
          title: words.start,
          run: () => {
            decide('approve');
          },
        }
      : item.kind === 'review'
        ? { title: words.apply, run: review }
        : item.kind === 'failed'
          ? {
              title: words.retry,
              run: () => {
                decide('retry');
              },
            }
          : undefined;
  const actions = [
    {
      ...base,
      id: 'inbox.approve',
      title: primary?.title ?? strings.approve,
      keywords: strings.approve,
      keys: '1',
      unavailable: primary ? wait : strings.notFor(kind),
      run: () => primary?.run(),
    },
    {
      ...base,
      id: 'inbox.answer',
      title: strings.answer,
      keys: '2',
      unavailable: item.kind === 'blocked' ? undefined : strings.notFor(kind),
      run: () => document.getElementById(answerId)?.focus(),
    },
    {
      ...base,
      id: 'inbox.reject',
      title: words.refuse,
      keys: '3',
      unavailable: item.kind === 'draft' ? wait : strings.notFor(kind),
      run: () => {
        decide('reject');
      },
    },
  ];
  const snoozes = useSnoozeActions(item, wait);
  useActions([...actions, ...snoozes]);
  const run = data?.run;
  return (
    <Pane
      footer={
        <div className="flex flex-wrap items-center gap-8">
          {actions
            .filter(({ id, unavailable }) => unavailable !== strings.notFor(kind) && id !== 'inbox.answer')
            .map(({ id, title, keys, unavailable, run: act }) => (
              <Button
                key={id}
                variant={id === 'inbox.approve' ? 'primary' : 'secondary'}
                keys={keys}
                busy={busy}
                unavailable={unavailable}
                onClick={act}
              >
                {title}
              </Button>
            ))}
          <SnoozeMenu actions={snoozes} />
          <Button
            variant="ghost"
            keys="Enter"
            onClick={() => {
              router.go(to('run', { id: item.entityId }));
            }}
          >
            {words.open}
          </Button>
          <MoreMenu />
        </div>
      }
    >
      <header className="flex flex-col gap-6 pb-16">
        <p className="font-mono text-micro font-regular text-ink-3">
          {item.ref}
          {item.projectName ? ` · ${item.projectName}` : ''}
        </p>
        <h2 className="text-page text-pretty wrap-anywhere">{item.title}</h2>
        <p className="flex flex-wrap items-center gap-x-16 gap-y-4 text-meta text-ink-2">
          <StatusLabel shape={kindShape[item.kind]}>
            {run ? labels.runStatus[run.status] : strings.kind[item.kind]}
          </StatusLabel>
          <Time at={item.since} />
        </p>
      </header>
      <div className="flex flex-col gap-16 border-t border-line pt-16">
        {item.kind === 'review' || item.kind === 'permission' ? null : (
          <section>
            <h3 className="mb-4 text-body font-strong">
              {item.kind === 'blocked' ? words.asks : item.kind === 'failed' ? words.cause : words.held}
            </h3>
            <p className="text-read whitespace-pre-wrap wrap-anywhere">
              {item.kind === 'blocked'
                ? (run?.question ?? item.detail)
                : item.kind === 'draft' && run
                  ? run.held.map(({ reason }) => reason).join('\n') || item.detail
                  : (run?.error ?? item.detail)}
            </p>
          </section>
        )}
        {item.kind === 'permission' && data ? (
          <PermissionForm asks={data.asks ?? []} keys inert={inert ? strings.choose : undefined} />
        ) : null}
        {item.kind === 'blocked' ? (
          <form
            className="flex flex-col gap-8"
            onSubmit={(event) => {
              event.preventDefault();
              void answer();
            }}
            onKeyDown={submitOnChord(() => void answer())}
          >
            <Field label={words.answer}>
              <TextArea id={answerId} value={text} onValueChange={setText} />
            </Field>
            <Button
              type="submit"
              variant="primary"
              keys="$mod+Enter"
              busy={busy}
              unavailable={reached ? undefined : strings.lost}
              className="self-end"
            >
              {words.send}
            </Button>
          </form>
        ) : null}
        {data ? <RunFacts detail={data} /> : null}
        {item.kind === 'failed' && run ? <TestOutput run={run} /> : null}
        {item.kind === 'review' ? <RunFiles id={item.entityId} /> : null}
        {item.kind === 'review' ? <p className="text-meta text-ink-2">{words.risk}</p> : null}
        {(refused ?? failure) ? (
          <ErrorBar message={(refused ?? failure)?.message ?? ''} hint={(refused ?? failure)?.hint} />
        ) : null}
      </div>
    </Pane>
  );
}
