import { Check, Copy } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useClock } from '../../ui/clock-context.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { formatDuration } from '../../ui/format-time.ts';
import { Markdown } from '../../ui/markdown.tsx';
import { Mono } from '../../ui/mono.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { timeOfDay } from './clock-words.ts';
import { entryLook } from './entry-look.ts';
import { number, outputText, records, text, texts, violations } from './event-payload.ts';
import { OutputBlock } from './output-block.tsx';
import { formatTokens } from './run-figures.ts';
import type { RunEvent } from './run-types.ts';
import { strings } from './strings.ts';
import type { Entry } from './timeline-entry.ts';

const words = strings.inspector;

/** All of one entry: what it says, what came out, and the events as they were written. */
export function EventInspector({
  entry,
  event,
}: {
  entry: Entry | undefined;
  /** In the raw lens: one event, as it was written. */
  event?: RunEvent | undefined;
}) {
  if (event)
    return (
      <div className="flex flex-col gap-12 p-16">
        <h2 className="font-mono text-title">{event.type}</h2>
        <OutputBlock text={JSON.stringify(event, null, 2)} from="start" />
        <footer>
          <CopyButton label={words.raw} value={() => JSON.stringify(event, null, 2)} />
        </footer>
      </div>
    );
  if (!entry) return <p className="p-16 text-body text-ink-2">{words.none}</p>;
  const look = entryLook(entry);
  const events = entry.kind === 'fold' ? entry.items.flatMap((item) => item.events) : entry.events;
  return (
    <div className="flex flex-col gap-12 p-16">
      <header className="flex flex-col gap-4">
        <h2 className={cx('text-title wrap-anywhere', look.mono && 'font-mono')}>
          {headingOf(entry, look.title)}
        </h2>
        <p className="flex flex-wrap items-center gap-x-12 gap-y-2 text-meta text-ink-2">
          <span className="font-mono">{timeOfDay(entry.at, true)}</span>
          {entry.stage === '' ? null : (
            <span>
              {words.stage} <Mono>{entry.stage}</Mono>
            </span>
          )}
          {entry.until !== null && entry.until - entry.at >= 1000 ? (
            <span>{formatDuration(entry.until - entry.at)}</span>
          ) : null}
          {entry.open ? <StatusLabel shape="spinner">{words.running}</StatusLabel> : null}
          <ExitCode entry={entry} />
        </p>
      </header>
      <Body entry={entry} />
      {events.length > 0 ? (
        <footer className="flex gap-8">
          <CopyButton
            label={words.raw}
            value={() => JSON.stringify(events.length === 1 ? events[0] : events, null, 2)}
          />
        </footer>
      ) : null}
    </div>
  );
}

/** A message is shown whole below, so its heading names its kind. */
function headingOf(entry: Entry, title: string): string {
  if (entry.kind === 'message') return strings.timeline.filters.messages.replace(/s$/, '');
  if (entry.kind === 'reasoning') return strings.timeline.thought;
  return title;
}

function ExitCode({ entry }: { entry: Entry }) {
  const last = entry.events.at(-1);
  if (!last || !('exitCode' in last.payload)) return null;
  const code = number(last, 'exitCode') ?? null;
  return (
    <span className={code === 0 ? 'text-success-text' : 'text-danger-text'}>
      {strings.timeline.exit(code)}
    </span>
  );
}

function Body({ entry }: { entry: Entry }): ReactNode {
  const first = entry.events[0];
  const last = entry.events.at(-1);
  if (entry.kind === 'step')
    return entry.tokens > 0 ? (
      <Facts
        facts={[
          [words.tokens, formatTokens(entry.tokens)],
          ...(entry.result ? [[words.result, entry.result] as const] : []),
        ]}
      />
    ) : null;
  if (entry.kind === 'fold')
    return (
      <ul className="flex flex-col gap-4">
        {entry.items.slice(0, 200).map((item) => {
          const look = entryLook(item);
          return (
            <li key={item.key} className="flex min-w-0 gap-8 text-meta">
              <span className="shrink-0 font-mono text-ink-2">{look.title.slice(0, 24)}</span>
              <span className="min-w-0 truncate font-mono" title={look.detail}>
                {look.detail}
              </span>
            </li>
          );
        })}
      </ul>
    );
  if (!first || !last) return null;
  switch (entry.kind) {
    case 'message':
    case 'reasoning':
    case 'directive':
    case 'question':
    case 'answer':
      return <Markdown text={text(first, 'text')} />;
    case 'attempt':
      return <Markdown text={text(first, 'feedback')} />;
    case 'tool':
      return (
        <>
          {'input' in first.payload ? (
            <Section title={words.input}>
              <OutputBlock text={inputText(first.payload['input'])} from="start" />
            </Section>
          ) : null}
          {last.type === 'tool_result' ? (
            <Section title={words.result}>
              <OutputBlock text={text(last, 'output')} />
            </Section>
          ) : null}
        </>
      );
    case 'output':
      return <OutputBlock text={entry.events.map(outputText).join('')} />;
    case 'test':
    case 'setup':
      return (
        <>
          <Section title={strings.callout.command}>
            <Mono>{text(first, 'command')}</Mono>
          </Section>
          {text(last, 'note') ? <p className="text-body text-ink-2">{text(last, 'note')}</p> : null}
          {entry.open ? null : <OutputBlock text={text(last, 'output')} />}
        </>
      );
    case 'policy': {
      const bad = violations(first);
      const notices = violations(first, 'notices');
      return (
        <>
          {bad.length > 0 ? (
            <Section title={words.violations}>
              <ul className="flex flex-col gap-4">
                {bad.map((each) => (
                  <li key={each.path + each.rule} className="text-meta">
                    <Mono className="text-danger-text">{each.path}</Mono>
                    <span className="block text-ink-2">
                      {words.refused} <Mono>{each.rule}</Mono>
                    </span>
                  </li>
                ))}
              </ul>
            </Section>
          ) : null}
          {notices.length > 0 ? (
            <Section title={words.notices}>
              <p className="text-meta text-ink-2">{words.noticesHelp}</p>
              <ul className="flex flex-col gap-4">
                {notices.map((each) => (
                  <li key={each.path + each.rule} className="text-meta">
                    <Mono>{each.path}</Mono>
                    <span className="block text-ink-2">{each.rule}</span>
                  </li>
                ))}
              </ul>
            </Section>
          ) : null}
          <Section title={words.paths}>
            <ul className="flex flex-col gap-2 text-meta">
              {texts(first, 'changedPaths').map((path) => (
                <li key={path}>
                  <Mono>{path}</Mono>
                </li>
              ))}
            </ul>
          </Section>
        </>
      );
    }
    case 'joined': {
      const conflicts = texts(first, 'conflicts');
      return (
        <>
          <p className="text-body text-ink-2">{strings.timeline.joinedFor(text(first, 'stage'))}</p>
          {conflicts.length > 0 ? (
            <Section title={words.conflicts}>
              <ul className="flex flex-col gap-2 text-meta">
                {conflicts.map((path) => (
                  <li key={path}>
                    <Mono>{path}</Mono>
                  </li>
                ))}
              </ul>
            </Section>
          ) : null}
        </>
      );
    }
    case 'stage_ended':
      return text(first, 'reason') === '' ? null : (
        <p className="text-body whitespace-pre-wrap text-ink wrap-anywhere">{text(first, 'reason')}</p>
      );
    case 'dry_run':
      return records(first, 'steps').map((step, index) => (
        <Section key={String(index)} title={`${String(index + 1)} · ${wordsIn(step, 'title')}`}>
          <OutputBlock text={wordsIn(step, 'command') || wordsIn(step, 'prompt')} from="start" />
        </Section>
      ));
    case 'error':
      return <p className="text-body whitespace-pre-wrap text-ink wrap-anywhere">{text(first, 'message')}</p>;
    default:
      return (
        <Facts
          facts={Object.entries(last.payload).flatMap(([name, value]) =>
            value === null || value === '' || typeof value === 'object'
              ? []
              : [[name, String(value)] as const],
          )}
        />
      );
  }
}

function wordsIn(step: Readonly<Record<string, unknown>>, field: string): string {
  const value = step[field];
  return typeof value === 'string' ? value : '';
}

function inputText(input: unknown): string {
  if (typeof input === 'string') return input;
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
    const entries = Object.entries(input);
    const only = entries.length === 1 ? entries[0] : undefined;
    if (only && typeof only[1] === 'string') return only[1];
  }
  return JSON.stringify(input, null, 2);
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-4">
      <h3 className="text-meta font-medium text-ink-2">{title}</h3>
      {children}
    </section>
  );
}

function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-16 gap-y-4 text-meta">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{name}</dt>
          <dd className="font-mono wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Copies, and says so for two seconds. */
export function CopyButton({ label, value }: { label: string; value: () => string }) {
  const clock = useClock();
  const [copied, setCopied] = useState(false);
  return (
    <Button
      size="small"
      icon={copied ? Check : Copy}
      onClick={() => {
        void navigator.clipboard.writeText(value()).then(() => {
          setCopied(true);
          clock.after(2_000, () => {
            setCopied(false);
          });
        });
      }}
    >
      <span aria-live="polite">{copied ? words.copied : label}</span>
    </Button>
  );
}
