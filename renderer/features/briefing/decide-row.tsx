import { useState } from 'react';
import {
  decide,
  decisionsOn,
  lateMessage,
  routeFor,
  routeOf,
  type Choice,
} from '../../../preload/contract/choices.ts';
import { Link, useRouter } from '../../app/router-context.tsx';
import { parseHref, to } from '../../app/routes.ts';
import { useClient } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { kindShape, type InboxItem } from '../inbox/inbox-item.ts';
import { strings as inboxStrings } from '../inbox/strings.ts';
import { useInert } from '../proposal/use-inert.ts';
import { useEvidence } from '../quick/use-evidence.ts';
import { strings } from './strings.ts';

/** Decisions that fit beside what is told; everything else is one press away, on its page. */
const mostButtons = 2;

/** One thing that waits, with what helps to decide and the decisions themselves. */
export function DecideRow({ item, onDecided }: { item: InboxItem; onDecided: () => void }) {
  const { call } = useClient();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [inert] = useInert(`${item.key} ${String(item.version)}`);
  const facts = useEvidence(item);
  const known = facts.length > 0 || (item.kind !== 'plan' && item.kind !== 'review');
  const why = inert ? strings.wait : known ? (busy ? strings.busy : undefined) : strings.reading;
  const place = parseHref(`#${routeOf(item)}`) ?? to('inbox', {});
  const choices = decisionsOn(item)
    .filter(({ action }) => action !== 'details')
    .slice(0, mostButtons);

  const take = async (choice: Choice): Promise<void> => {
    if (choice.effect === 'words') {
      router.go(parseHref(`#${routeFor(item, choice)}`) ?? place);
      return;
    }
    setBusy(true);
    setProblem(undefined);
    const refused = await decide(call, item, choice);
    setBusy(false);
    onDecided();
    if (refused) setProblem(lateMessage(refused));
    else if (choice.opens) router.go(place);
  };
  return (
    <li className="flex flex-wrap items-start gap-x-12 gap-y-4 border-b border-line py-8">
      <span className="mt-4">
        <StatusGlyph shape={kindShape[item.kind]} />
      </span>
      <span className="flex min-w-[240px] flex-1 flex-col">
        <Link location={place} className="rounded-chip hover:underline">
          <span className="font-medium text-ink wrap-anywhere">{item.title}</span>
        </Link>
        <span className="flex flex-wrap items-baseline gap-x-8 text-meta text-ink-2 tabular-nums">
          <span>{inboxStrings.kind[item.kind]}</span>
          <span className="font-mono text-micro font-regular text-ink-3">
            {item.ref}
            {item.projectName ? ` · ${item.projectName}` : ''}
          </span>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          <Time at={item.since} className="text-ink-3" />
        </span>
        {item.detail === '' ? null : (
          <span className="line-clamp-2 text-body text-ink-2 wrap-anywhere">{item.detail}</span>
        )}
      </span>
      <span className="ms-auto flex shrink-0 gap-8">
        {choices.map((choice) => (
          <Button
            key={choice.action}
            size="small"
            aria-label={`${choice.label} ${item.ref}`}
            unavailable={why}
            onClick={() => void take(choice)}
          >
            {choice.effect === 'words' ? `${choice.label}…` : choice.label}
          </Button>
        ))}
        <Button
          size="small"
          variant={choices.length === 0 ? 'secondary' : 'ghost'}
          aria-label={`${strings.open} ${item.ref}`}
          onClick={() => {
            router.go(place);
          }}
        >
          {strings.open}
        </Button>
      </span>
      {problem === undefined ? null : (
        <p role="alert" className="basis-full ps-28 text-meta text-danger-text">
          {problem}
        </p>
      )}
    </li>
  );
}
