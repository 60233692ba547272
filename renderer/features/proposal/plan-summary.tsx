import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { CodeInText } from '../../ui/code-in-text.tsx';
import { Mono } from '../../ui/mono.tsx';
import { estimateWords } from './estimate-words.ts';
import { strings } from './strings.ts';

export type Plan = NonNullable<OutputOf<'proposal.get'>['proposal']['plan']>;
const words = strings.plan;

/** What will be done and what it may cost, in one eye-span. */
export function PlanSummary({ plan }: { plan: Plan }) {
  return (
    <div className="flex flex-col gap-12">
      <dl className="grid grid-cols-[1fr_1fr_2fr] gap-x-16 gap-y-2">
        {(
          [
            [words.risk, labels.risk[plan.risk]],
            [words.effort, labels.effort[plan.effort]],
            [words.estimate, estimateWords(plan)],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt className="text-meta text-ink-3">{name}</dt>
            <dd
              className={
                name === words.risk && plan.risk === 'high' ? 'font-medium text-danger-text' : 'font-medium'
              }
            >
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <section>
        <h3 className="sr-only">{words.steps}</h3>
        <ol className="flex flex-col gap-6">
          {plan.steps.map((step, index) => (
            <li key={index} className="flex gap-8 text-read">
              <span aria-hidden className="w-16 shrink-0 text-end text-ink-3 tabular-nums">
                {index + 1}
              </span>
              <span className="min-w-0 whitespace-pre-wrap wrap-anywhere">
                <CodeInText>{step}</CodeInText>
              </span>
            </li>
          ))}
        </ol>
      </section>
      <dl className="grid grid-cols-[auto_1fr] gap-x-16 gap-y-4">
        <dt className="text-meta leading-[20px] text-ink-3">{words.files}</dt>
        <dd className="flex min-w-0 flex-col">
          {plan.files.length === 0 ? <span className="text-ink-2">{words.noFiles}</span> : null}
          {plan.files.map((file) => (
            <Mono key={file}>{file}</Mono>
          ))}
        </dd>
        <dt className="text-meta leading-[20px] text-ink-3">{words.test}</dt>
        <dd className="min-w-0">
          {plan.testCommand ? (
            <Mono>{plan.testCommand}</Mono>
          ) : (
            <span className="text-ink-2">{words.projectTest}</span>
          )}
        </dd>
      </dl>
    </div>
  );
}
