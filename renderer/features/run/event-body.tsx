import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import { Markdown } from '../../ui/markdown.tsx';
import { Mono } from '../../ui/mono.tsx';
import { entryLook } from './entry-look.ts';
import { eventFacts } from './event-facts.ts';
import { outputText, records, text, texts, violations } from './event-payload.ts';
import { FileHunks } from './file-hunks.tsx';
import { OutputBlock } from './output-block.tsx';
import { PointsAt } from './points-at.tsx';
import { formatTokens } from './run-figures.ts';
import { strings } from './strings.ts';
import type { Entry } from './timeline-entry.ts';

const words = strings.inspector;
/** A path, a commit, a branch: set apart from words. */
const isName = /^[\w./@:-]*[\d./][\w./@:-]*$/;

/** What an entry says, and what came out of it. */
export function EventBody({ runId, entry }: { runId: string; entry: Entry }): ReactNode {
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
          {entry.failed ? <PointsAt runId={runId} output={text(last, 'output')} /> : null}
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
    case 'file':
      return <FileHunks runId={runId} path={text(first, 'path')} />;
    default:
      return <Facts facts={eventFacts(last)} />;
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
          <dd className={cx('wrap-anywhere', isName.test(value) && 'font-mono')}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
