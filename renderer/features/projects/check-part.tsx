import { FlaskConical, Square } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { formatDuration } from '../../ui/format-time.ts';
import { Mono } from '../../ui/mono.tsx';
import { StatusLabel, type GlyphShape } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import type { Project } from './project.ts';
import { strings } from './strings.ts';
import { isUnderWay, useTestCheck, type TestCheck } from './use-test-check.ts';

const words = strings.check;
const shapes: Record<TestCheck['state'], GlyphShape> = {
  preparing: 'spinner',
  setup: 'spinner',
  testing: 'spinner',
  passed: 'check',
  failed: 'octagon',
  timed_out: 'octagon',
  stopped: 'square',
  broken: 'octagon',
};

/** Runs the project's commands in a worktree that is thrown away, and shows what they print meanwhile. */
export function CheckPart({ project }: { project: Project }) {
  const { check, reread } = useTestCheck(project.id);
  const { busy, failure, send } = useForm();
  const running = check !== null && isUnderWay(check);
  const start = async (): Promise<void> => {
    await send('project.startCheck', { id: project.id });
    reread();
  };
  const stop = async (): Promise<void> => {
    await send('project.stopCheck', { id: project.id });
    reread();
  };
  return (
    <section className="flex flex-col gap-12 pt-16">
      <p className="max-w-read text-ink-2 text-pretty">{words.help}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-16 gap-y-4">
        <dt className="text-ink-3">{words.setup}</dt>
        <dd>{project.setupCommand === '' ? words.none : <Mono>{project.setupCommand}</Mono>}</dd>
        <dt className="text-ink-3">{words.test}</dt>
        <dd>{project.testCommand === '' ? words.none : <Mono>{project.testCommand}</Mono>}</dd>
      </dl>
      <div className="flex gap-8">
        {running ? (
          <Button icon={Square} busy={busy} onClick={() => void stop()}>
            {words.stop}
          </Button>
        ) : (
          <Button
            icon={FlaskConical}
            busy={busy}
            unavailable={project.testCommand ? undefined : strings.noTests}
            onClick={() => void start()}
          >
            {words.run}
          </Button>
        )}
      </div>
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      {check ? <Shown check={check} project={project} /> : null}
    </section>
  );
}

function Shown({ check, project }: { check: TestCheck; project: Project }) {
  const { setupCommand, testCommand } = project;
  const { state, command, output, setupOutput, exitCode, problem, startedAt, durationMs } = check;
  const inSetup = state === 'setup' || (setupOutput === null && command !== testCommand);
  return (
    <div className="flex flex-col gap-8">
      <p className="flex flex-wrap items-center gap-x-12 gap-y-2" role="status">
        <StatusLabel shape={shapes[state]}>{labels.testCheckState[state]}</StatusLabel>
        {exitCode === null ? null : <span className="tabular-nums">{words.exit(exitCode)}</span>}
        <span className="text-meta text-ink-2 tabular-nums">{formatDuration(durationMs)}</span>
        {isUnderWay(check) ? null : (
          <span className="text-meta text-ink-3">
            {words.began} <Time at={startedAt} />
          </span>
        )}
      </p>
      {problem === null ? null : <p className="text-ink-2">{problem}</p>}
      {/* What comes after is read first: the set-up is folded away once the tests are at work. */}
      {setupOutput === null ? null : (
        <Disclosure
          title={words.setup}
          summary={setupOutput === '' ? words.silent : words.lines(linesIn(setupOutput))}
        >
          <Output text={setupOutput} title={setupCommand} over />
        </Disclosure>
      )}
      {state === 'preparing' ? null : (
        <div className="flex flex-col gap-4">
          <h3 className="flex items-baseline gap-8 font-medium">
            {inSetup ? words.setup : words.test}
            <span className="min-w-0 text-meta font-regular text-ink-2">
              <Mono elide>{command}</Mono>
            </span>
          </h3>
          <Output text={output} title={command} over={!isUnderWay(check)} />
        </div>
      )}
    </div>
  );
}

function linesIn(text: string): number {
  return text.trimEnd().split('\n').length;
}

/** Follows the end while the reader is there, and lets go when they scroll up. */
function Output({ text, title, over }: { text: string; title: string; over: boolean }) {
  const box = useRef<HTMLPreElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  if (text === '') return <p className="text-meta text-ink-3">{over ? words.silentEnd : words.nothing}</p>;
  return (
    <pre
      ref={box}
      tabIndex={0}
      role="group"
      aria-label={words.output(title)}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
      className="max-h-[420px] overflow-auto rounded-control border border-line bg-code px-12 py-8 font-mono text-code whitespace-pre-wrap"
    >
      {text}
    </pre>
  );
}
