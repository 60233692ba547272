import { useEffect, useState, type ReactNode } from 'react';
import { useClient } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Popover } from '../../ui/popover.tsx';
import { StatusGlyph, type GlyphShape } from '../../ui/status-glyph.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { Time } from '../../ui/time.tsx';
import { useClock } from '../../ui/clock-context.tsx';
import { useActions } from '../../app/actions-context.tsx';
import type { RunDetail } from './run-types.ts';
import { parseTime } from '../../client/clock.ts';
import { timeOfDay } from './clock-words.ts';
import { PermissionForm } from './permission-form.tsx';
import { strings } from './strings.ts';
import { RetryTitle, WaitingRetry } from './waiting-retry.tsx';

const words = strings.callout;

/** What stands between this run and going on: consent, an answer, a cause. Nothing while it simply works. */
export function RunCallout({ detail, onJump }: { detail: RunDetail; onJump: () => void }) {
  const { run } = detail;
  switch (run.status) {
    case 'draft':
      return <Draft detail={detail} />;
    case 'blocked':
      if (detail.asks?.[0]?.kind === 'permission')
        return (
          <Box shape="diamond" tone="attention" title={words.permissionTitle}>
            <PermissionForm asks={detail.asks} keys />
          </Box>
        );
      return <Blocked detail={detail} />;
    case 'queued':
      return detail.retry?.runId === run.id ? (
        <Box shape="hourglass" title={<RetryTitle retry={detail.retry} />} label={words.queued}>
          <WaitingRetry detail={detail} retry={detail.retry} />
        </Box>
      ) : (
        <Box
          shape="dashed"
          title={
            detail.startsAbout ? words.queuedAbout(timeOfDay(parseTime(detail.startsAbout))) : words.queued
          }
          label={words.queued}
        >
          {detail.waiting ?? words.queuedDetail}
        </Box>
      );
    case 'paused':
      return (
        <Box shape="pause" title={words.pausedTitle}>
          {words.pausedDetail}
        </Box>
      );
    case 'failed':
    case 'timeout':
      return (
        <Box
          shape="octagon"
          tone="danger"
          title={run.status === 'failed' ? words.failedTitle : words.timeoutTitle}
          aside={
            <Button size="small" keys="n" onClick={onJump}>
              {words.jump}
            </Button>
          }
        >
          <div className="flex flex-col gap-8">
            <span className="whitespace-pre-wrap wrap-anywhere">{run.error ?? words.unknownCause}</span>
            {detail.retry ? <WaitingRetry detail={detail} retry={detail.retry} /> : null}
          </div>
        </Box>
      );
    case 'applied':
      return run.rolledBackCommit === null ? null : (
        <Box shape="square" title={strings.rollBack.state}>
          {strings.rollBack.callout} <Mono>{run.rolledBackCommit.slice(0, 8)}</Mono>
          {run.rolledBackAt ? (
            <>
              , <Time at={run.rolledBackAt} />
            </>
          ) : null}
          . {strings.rollBack.again}
        </Box>
      );
    case 'stopped':
    case 'rejected':
      return run.error ? (
        <Box shape="square" title={run.status === 'stopped' ? words.stoppedTitle : words.rejectedTitle}>
          {run.error}
        </Box>
      ) : null;
    default:
      return null;
  }
}

function Box({
  shape,
  tone = 'plain',
  title,
  label,
  children,
  aside,
}: {
  shape: GlyphShape;
  tone?: 'plain' | 'attention' | 'danger';
  title: ReactNode;
  /** Read aloud as the name of the whole, where the title changes by itself. */
  label?: string | undefined;
  children?: ReactNode;
  aside?: ReactNode;
}) {
  return (
    <section
      aria-label={label ?? (typeof title === 'string' ? title : undefined)}
      className={cx(
        'flex shrink-0 items-start gap-12 border-b border-line px-12 py-12',
        tone === 'attention' && 'border-s-2 border-s-attention',
        tone === 'danger' && 'border-s-2 border-s-danger',
      )}
    >
      <span className="mt-2">
        <StatusGlyph shape={shape} />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-8">
        <h2 className="text-body font-strong">{title}</h2>
        <div className="max-w-read text-body text-ink-2">{children}</div>
      </div>
      {aside}
    </section>
  );
}

/** Consent never answers a press that was meant for what stood here a moment before. */
const inertMs = 500;
function useArmed(key: string): boolean {
  const clock = useClock();
  const [armed, setArmed] = useState('');
  useEffect(
    () =>
      clock.after(inertMs, () => {
        setArmed(key);
      }),
    [clock, key],
  );
  return armed === key;
}

function Draft({ detail }: { detail: RunDetail }) {
  const { run } = detail;
  const approve = useForm();
  const reject = useForm();
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const armed = useArmed(`${run.id} ${String(run.version)}`);
  const { shellCommand } = run.execution;
  const send = (): void => {
    if (armed) void approve.send('run.approve', { id: run.id, version: run.version });
  };
  useActions([
    {
      id: 'run.approve',
      title: strings.actions.approve,
      group: strings.group,
      scope: 'view',
      keys: '$mod+Enter',
      run: send,
    },
  ]);
  const failure = approve.failure ?? reject.failure;
  return (
    <Box shape="diamond" tone="attention" title={words.draftTitle}>
      <div className="flex flex-col gap-12">
        <ul className="flex flex-col gap-2 text-ink">
          {run.held.map((each) => (
            <li key={each.rule} className="flex flex-wrap items-baseline gap-x-8">
              <span>{each.reason}</span>
              <Mono className="text-ink-3">{each.rule}</Mono>
            </li>
          ))}
          {run.held.length === 0 ? <li>{words.draftDetail}</li> : null}
        </ul>
        <div className="flex flex-col gap-4">
          <h3 className="text-meta font-medium text-ink-2">{words.task}</h3>
          <div
            className="max-h-[30vh] overflow-y-auto text-ink"
            tabIndex={0}
            data-ring="inset"
            role="region"
            aria-label={words.task}
          >
            <Markdown text={run.goalText} />
          </div>
        </div>
        {shellCommand ? (
          <div className="flex flex-col gap-4">
            <h3 className="text-meta font-medium text-ink-2">{words.command}</h3>
            <pre className="rounded-control border border-line bg-code-surface p-8 text-code whitespace-pre-wrap text-ink wrap-anywhere">
              {shellCommand}
            </pre>
          </div>
        ) : null}
        {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
        <div className="flex flex-wrap gap-8">
          <Button
            variant="primary"
            keys="$mod+Enter"
            busy={approve.busy}
            disabled={!detail.possible.includes('approve')}
            onClick={send}
          >
            {strings.actions.approve}
          </Button>
          <Popover
            title={strings.actions.reject}
            open={rejecting}
            onOpenChange={setRejecting}
            trigger={<Button>{words.reject}</Button>}
          >
            <form
              className="flex w-[300px] flex-col gap-8"
              onSubmit={(event) => {
                event.preventDefault();
                setRejecting(false);
                void reject.send('run.reject', {
                  id: run.id,
                  version: run.version,
                  ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
                });
              }}
            >
              <TextArea
                aria-label={words.reason}
                placeholder={words.reason}
                value={reason}
                onValueChange={setReason}
                minRows={2}
              />
              <Button type="submit" variant="danger" busy={reject.busy} className="self-end">
                {words.rejectConfirm}
              </Button>
            </form>
          </Popover>
        </div>
      </div>
    </Box>
  );
}

const draftKey = (id: string): string => `homer.draft.answer.${id}`;

function Blocked({ detail }: { detail: RunDetail }) {
  const { run } = detail;
  const { touch } = useClient();
  const { busy, failure, send } = useForm();
  const [answer, setAnswer] = useState(() => window.localStorage.getItem(draftKey(run.id)) ?? '');
  const { choices } = detail;
  const submit = (text = answer.trim()): void => {
    if (text === '' || busy) return;
    void send('run.answer', { id: run.id, version: run.version, text }).then((reply) => {
      if (!reply.ok) return;
      window.localStorage.removeItem(draftKey(run.id));
      touch('run', run.id);
    });
  };
  return (
    <Box shape="diamond" tone="attention" title={words.blockedTitle}>
      <form
        className="flex flex-col gap-8"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="text-ink">
          <Markdown text={run.question ?? words.noQuestion} />
        </div>
        {choices.length > 0 ? (
          <div role="group" aria-label={words.choices} className="flex flex-wrap gap-8">
            {choices.map(({ text, verb, stage }) => (
              <Button
                key={text}
                disabled={busy}
                onClick={() => {
                  submit(text);
                }}
              >
                {verb === 'take' ? words.take(stage) : words.redo(stage)}
              </Button>
            ))}
          </div>
        ) : null}
        <TextArea
          aria-label={words.answerLabel}
          placeholder={words.answerPlaceholder}
          value={answer}
          minRows={2}
          onValueChange={(text) => {
            setAnswer(text);
            window.localStorage.setItem(draftKey(run.id), text);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.preventDefault();
              submit();
            }
          }}
        />
        {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
        <div>
          <Button type="submit" variant="primary" keys="$mod+Enter" busy={busy}>
            {words.send}
          </Button>
        </div>
      </form>
    </Box>
  );
}
