import type { Choice } from '../../../preload/contract/choices.ts';
import type { InboxItem } from '../../../preload/contract/worker.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { kindShape } from '../inbox/inbox-item.ts';
import { strings as inboxStrings } from '../inbox/strings.ts';
import { choiceKeys, chordOf } from './choice-keys.ts';
import { QuickEvidence } from './quick-evidence.tsx';
import { QuickMore } from './quick-more.tsx';
import { SayForm } from './say-form.tsx';
import { strings } from './strings.ts';

export interface QuickItemProps {
  readonly item: InboxItem;
  readonly chosen: boolean;
  readonly facts: readonly string[];
  readonly choices: readonly Choice[];
  /** Why nothing can be pressed just now. */
  readonly wait: string | undefined;
  readonly problem: string | undefined;
  readonly onChoose: () => void;
  /** Whether more of it is shown. */
  readonly open: boolean;
  readonly onMore: () => void;
  /** What is being written: the words of this choice. */
  readonly saying: Choice | undefined;
  readonly onSay: (text: string) => void;
  readonly onCancel: () => void;
  readonly onDecide: (choice: Choice) => void;
  readonly onOpen: () => void;
}

/** One thing that waits: a line, and once chosen what helps to decide with the decisions under it. */
export function QuickItem(props: QuickItemProps) {
  const { item, chosen, facts, choices, wait, problem, saying, open, onChoose, onDecide, onMore, onOpen } =
    props;
  return (
    <li
      aria-current={chosen ? 'true' : undefined}
      className={cx('relative border-b border-line', chosen && 'bg-selected')}
    >
      {chosen ? <span aria-hidden className="absolute inset-y-0 start-0 w-2 bg-accent" /> : null}
      <button
        type="button"
        data-ring="inset"
        onClick={onChoose}
        className={cx('flex w-full items-start gap-12 px-16 py-8 text-start', chosen ? '' : 'hover:bg-hover')}
      >
        <span className="mt-2">
          <StatusGlyph shape={kindShape[item.kind]} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-8">
            <span className={cx('min-w-0 flex-1 font-medium', chosen ? 'wrap-anywhere' : 'truncate')}>
              {item.title}
            </span>
            <Time at={item.since} className="shrink-0 text-meta text-ink-3 tabular-nums" />
          </span>
          <span className="flex items-baseline gap-8 text-meta text-ink-2">
            <span className="shrink-0">{inboxStrings.kind[item.kind]}</span>
            <span className="min-w-0 truncate font-mono text-micro font-regular text-ink-3">
              {item.ref}
              {item.projectName ? ` · ${item.projectName}` : ''}
            </span>
          </span>
        </span>
      </button>
      {chosen ? (
        <div className="flex flex-col gap-8 me-16 ms-28 pb-12 ps-16">
          <QuickEvidence item={item} facts={facts} />
          {open ? <QuickMore item={item} /> : null}
          {saying ? (
            <SayForm
              key={saying.action}
              choice={saying}
              busy={false}
              onSay={props.onSay}
              onCancel={props.onCancel}
            />
          ) : null}
          <div className={cx('flex flex-wrap items-center gap-8', saying && 'hidden')}>
            {choices
              // Opening it stands beside these anyhow, unless it is what has to come first.
              .filter(({ action, effect }, at) => effect !== 'snooze' && (action !== 'open' || at === 0))
              .map((choice, index) => (
                <Button
                  key={choice.action}
                  variant={index === 0 ? 'primary' : 'secondary'}
                  keys={chordOf(choice, index) ?? choiceKeys[choice.action]}
                  unavailable={wait}
                  onClick={() => {
                    onDecide(choice);
                  }}
                >
                  {labelOf(choice)}
                </Button>
              ))}
            {choices[0]?.action === 'open' ? null : (
              <Button variant="ghost" keys="Enter" onClick={onOpen}>
                {strings.openItem}
              </Button>
            )}
          </div>
          <div className="-ms-8 flex flex-wrap items-center" role="group" aria-label={strings.later}>
            <span aria-hidden className="ps-8 text-meta text-ink-3">
              {strings.snooze}
            </span>
            {choices
              .filter(({ effect }) => effect === 'snooze')
              .map((choice) => (
                <Button
                  key={choice.action}
                  variant="ghost"
                  size="small"
                  keys={choiceKeys[choice.action]}
                  unavailable={wait}
                  onClick={() => {
                    onDecide(choice);
                  }}
                >
                  {strings.spans[choice.action as keyof typeof strings.spans]}
                </Button>
              ))}
            <Button
              variant="ghost"
              size="small"
              keys={open ? 'ArrowLeft' : 'ArrowRight'}
              aria-expanded={open}
              className="ms-auto"
              onClick={onMore}
            >
              {open ? strings.less : strings.more}
            </Button>
          </div>
          {problem === undefined ? null : (
            <p role="alert" className="text-meta text-danger-text">
              {problem}
            </p>
          )}
        </div>
      ) : null}
    </li>
  );
}

/** What is of high risk is looked at before it is decided. */
export function labelOf({ action, effect, label }: Choice): string {
  if (action === 'open') return strings.openFirst;
  return effect === 'decide' ? label : `${label}…`;
}
