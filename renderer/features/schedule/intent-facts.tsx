import { autoExecutor } from '../../../preload/contract/labels.ts';
import type { ReactNode } from 'react';
import { useQuery } from '../../client/client-context.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Section } from '../proposal/section.tsx';
import { isOver } from './intent-state.ts';
import type { IntentDetail } from './intent-types.ts';
import { budgetWords, misfireWords, retryWords } from './intent-words.ts';
import { NextTimes } from './next-times.tsx';
import { strings } from './strings.ts';

const words = strings.page;

/** When it comes, what is done then, and by which rules. */
export function IntentFacts({ detail }: { detail: IntentDetail }) {
  const { intent, schedule } = detail;
  const executors = useQuery('executor.list', {}).data;
  const executor =
    [autoExecutor, ...(executors ?? [])].find(({ name }) => name === intent.executor)?.label ??
    intent.executor;
  return (
    <>
      <Section title={words.when}>
        {schedule.next.length > 0 ? (
          <NextTimes schedule={schedule} />
        ) : (
          <p className="text-ink-2">{words.noTimes[whyNone(intent)]}</p>
        )}
      </Section>
      <Section title={words.what}>
        <p className="max-h-[320px] overflow-y-auto text-read break-words whitespace-pre-wrap">
          {intent.query}
        </p>
        <Facts
          facts={[
            [words.executor, intent.execution.executorLabel ?? executor],
            ...(intent.model === null
              ? []
              : [[words.model, <Mono key="model">{intent.model}</Mono>] as const]),
            ...(intent.execution.shellCommand === null
              ? []
              : [[words.command, <Mono key="command">{intent.execution.shellCommand}</Mono>] as const]),
            [words.priority, String(intent.priority)],
          ]}
        />
      </Section>
      <Section title={words.rules}>
        <Facts
          facts={[
            [words.misfire, misfireWords(intent)],
            [words.retries, retryWords(intent.retryPolicy)],
            [words.budget, budgetWords(intent.execution.budget)],
          ]}
        />
      </Section>
    </>
  );
}

function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="mt-8 grid grid-cols-[120px_1fr] gap-x-16 gap-y-6 first:mt-0">
      {facts.map(([name, fact]) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-ink-3">{name}</dt>
          <dd className="min-w-0 break-words">{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

function whyNone(intent: IntentDetail['intent']): keyof typeof words.noTimes {
  if (isOver(intent)) return 'over';
  if (!intent.enabled) return 'paused';
  if (intent.trigger.type === 'manual') return 'byHand';
  return intent.trigger.type === 'event' ? 'byEvent' : 'passed';
}
