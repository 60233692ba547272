import { MORNING, newestSpans, spanOf, type BriefingSpan } from '../domain/briefing/briefing-spans.ts';
import type { Briefing } from '../domain/briefing/briefing.ts';
import { tellStory } from '../domain/briefing/tell-story.ts';
import { briefingText } from '../../preload/contract/briefing-text.ts';
import { parseTime } from '../shared/clock.ts';
import { FailureError, ok } from '../shared/result.ts';
import { ownerZone } from '../store/account-window-store.ts';
import {
  countBySpan,
  listFound,
  markBriefing,
  readBriefingFigures,
  readMarks,
  readSpend,
} from '../store/briefing-store.ts';
import { listTroubles } from '../store/briefing-trouble-store.ts';
import type { Read } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';
import { countInbox, listInbox } from '../store/inbox-store.ts';
import { getProject } from '../store/project-store.ts';
import { listRunRowsOfSpan } from '../store/run-row-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { toItem } from './inbox-handlers.ts';
import { whatComes } from './what-comes.ts';

/** Mornings looked back on. */
const MORNINGS = 30;
const MOST_RUNS = 50;
const MOST_TROUBLES = 30;
const MOST_FOUND = 8;
const MOST_WAITING = 10;

/**
 * A briefing is read from the records each time: nothing has to be awake to write it. The newest whole one and the one of today so far also
 * tell what waits and what comes; in earlier ones both would be of now, not of then.
 */
export function briefingHandlers({
  store,
  clock,
}: ApiOptions): Pick<Handlers, `briefing.${string}` & keyof Handlers> {
  const tell = (read: Read, span: BriefingSpan, newest: boolean, projectId?: string): Briefing => {
    const scope = { from: span.from, to: span.to, projectId: projectId ?? null };
    const zone = ownerZone(read);
    const figures = readBriefingFigures(read, scope);
    const wrong = listTroubles(read, scope);
    const happened = listRunRowsOfSpan(read, scope, MOST_RUNS + 1);
    const all = figures.applied + figures.completed + figures.given_up + figures.review + figures.blocked;
    return {
      ...span,
      readAt: readMarks(read, [span.day]).get(span.day) ?? null,
      zone,
      figures,
      story: tellStory(figures, span.open),
      decide: newest
        ? {
            total: countInbox(read, projectId),
            items: listInbox(read, projectId, MOST_WAITING).map(toItem),
          }
        : null,
      happened: happened.slice(0, MOST_RUNS),
      happenedMore: Math.max(0, all - MOST_RUNS),
      found: listFound(read, scope, MOST_FOUND),
      wrong: wrong.slice(0, MOST_TROUBLES),
      wrongMore: Math.max(0, wrong.length - MOST_TROUBLES),
      spend: readSpend(read, scope),
      next: newest ? whatComes(read, clock.now(), projectId) : null,
    };
  };
  const listed = (read: Read, projectId?: string) => {
    const spans = newestSpans(clock.now(), MORNINGS + 1, ownerZone(read), morningOf(read));
    const counts = countBySpan(read, spans, projectId ?? null);
    const marks = readMarks(
      read,
      spans.map(({ day }) => day),
    );
    return {
      spans,
      lines: spans.flatMap((span, index) => {
        const count = counts[index] ?? { runs: 0, failed: 0, found: 0 };
        return span.open || count.runs + count.found > 0
          ? [{ ...span, readAt: marks.get(span.day) ?? null, ...count }]
          : [];
      }),
    };
  };
  const one = (read: Read, asked: string, projectId?: string): Briefing => {
    if (projectId !== undefined) getProject(read, projectId);
    const { spans, lines } = listed(read, projectId);
    const whole = spans[1];
    // This morning's, unless nothing happened before it: then what has happened since.
    const newest = lines.find(({ day }) => day === whole?.day) ?? lines[0];
    const day = asked === 'newest' ? (newest?.day ?? '') : asked;
    const span = spanOf(day, clock.now(), ownerZone(read), morningOf(read));
    if (parseTime(span.from) > clock.now())
      throw new FailureError({
        tag: 'not_found',
        message: `There is no briefing of ${day} yet.`,
        hint: 'Leave the day out for the newest one.',
      });
    return tell(read, span, span.open || day === whole?.day, projectId);
  };
  return {
    'briefing.list': ({ projectId }) =>
      store.read((read) => {
        if (projectId !== undefined) getProject(read, projectId);
        const { spans, lines } = listed(read, projectId);
        return ok({
          zone: ownerZone(read),
          morning: morningOf(read),
          nextAt: spans[0]?.to ?? clock.iso(),
          briefings: lines.map(({ day, from, to, open, readAt, runs, failed, found }) => ({
            day,
            from,
            to,
            open,
            readAt,
            runs,
            failed,
            found,
          })),
        });
      }),
    'briefing.get': ({ day, projectId }) => ok(store.read((read) => one(read, day, projectId))),
    'briefing.read': ({ day, read: wanted }, { actor }) =>
      store.tryWrite((write) => ({
        day,
        readAt: markBriefing(
          write,
          { day, markdown: briefingText(one(write, day)), read: wanted },
          actor.name,
        ),
      })),
  };
}

/** When the owner's mornings begin: with the digest, where there is one. */
function morningOf(read: Read): string {
  return readFlag(read, 'notify.digest_at') || MORNING;
}
