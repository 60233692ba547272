import type { Call } from '../../preload/contract/operations.ts';
import type { InboxItem } from '../../preload/contract/worker.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Notifier, NoticeOutcome, NoticeView } from '../shared/notifier.ts';
import type { OneTime } from '../shared/one-time.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { decide, decisionsOn, lateMessage, routeOf, type Choice } from '../../preload/contract/choices.ts';
import type { Glance, GlanceFeed } from './glance.ts';

/** What one press would decide: the version that was shown, and nothing newer. */
export interface Offer {
  readonly item: InboxItem;
  readonly choice: Choice;
}

/** New ideas are gathered for this long; more than `MOST_AT_ONCE` of them come as one notice. */
const GATHER_MS = 700;
const MOST_AT_ONCE = 3;

const titles: Readonly<Record<InboxItem['kind'], string>> = {
  idea: 'New idea',
  plan: 'Plan ready',
  planning_failed: 'Planning failed',
  question: 'Homer has a question',
  draft: 'A run needs your approval',
  blocked: 'A run waits for your answer',
  review: 'Ready to review',
  failed: 'A run failed',
};

/**
 * Tells the owner what newly waits for a decision, and takes the decision from the buttons.
 *
 * - an item is told once for as long as it waits in the same state; what waited before the start is not told again;
 * - a notice whose item is gone, or changed, is withdrawn: its buttons would decide something that is no more;
 * - closing and timing out decide nothing; a late or second press gets a sentence instead of a decision.
 */
export function announce(options: {
  glances: GlanceFeed;
  call: Call;
  notifier: Notifier;
  offers: OneTime<Offer>;
  open: (route: string) => void;
  /** What became of each notice, for the record. */
  outcome: (item: InboxItem | undefined, outcome: NoticeOutcome) => void;
  clock: Clock;
  log: Log;
  scope: Scope;
}): { tell(title: string, body: string): void } {
  const { glances, call, notifier, offers, clock, log, scope } = options;
  const shown = new Map<string, { version: number; view: NoticeView }>();
  let waiting: Set<string> | undefined;
  let gathered: string[] = [];

  const tell = (title: string, body: string, route?: string): void => {
    notifier.show({ id: `tell:${title}`, title, body, buttons: [], urgency: 'low' }, (outcome) => {
      options.outcome(undefined, outcome);
      if (outcome.kind === 'opened' && route !== undefined) options.open(route);
    });
  };

  const press = async (token: string): Promise<void> => {
    const offer = offers.redeem(token);
    if (!offer.ok) {
      log.info('a press came too late', { tag: offer.error.tag });
      tell('Nothing was done', offer.error.message);
      return;
    }
    const { item, choice } = offer.value;
    const refused = await decide(call, item, choice, 'notification');
    if (refused) {
      log.info('a press was refused', { tag: refused.tag, ref: item.ref });
      tell(`${item.ref}: nothing was done`, lateMessage(refused), routeOf(item));
    } else if (choice.opens) options.open(routeOf(item));
  };

  const show = (item: InboxItem): void => {
    const view = notifier.show(
      {
        id: item.key,
        title: `${titles[item.kind]}: ${item.title}`,
        body: [item.detail, item.projectName ?? ''].filter((line) => line !== '').join('\n'),
        buttons: decisionsOn(item).map((choice) => ({
          id: offers.offer(item.entityId, choice.action, { item, choice }),
          label: choice.label,
        })),
        urgency: item.blocking ? 'critical' : 'normal',
      },
      (outcome) => {
        options.outcome(item, outcome);
        if (outcome.kind === 'opened') options.open(routeOf(item));
        if (outcome.kind === 'pressed')
          press(outcome.button).catch((error: unknown) => {
            log.error('a press failed', { error: messageOf(error) });
          });
      },
    );
    shown.set(state(item), { version: item.version, view });
  };

  const showMany = (items: readonly InboxItem[]): void => {
    const body = items.map((item) => `${item.ref}  ${item.title}`).join('\n');
    notifier.show(
      {
        id: 'ideas',
        title: `${items.length} new ideas`,
        body: body.slice(0, 500),
        buttons: [],
        urgency: 'normal',
      },
      (outcome) => {
        options.outcome(undefined, outcome);
        if (outcome.kind === 'opened') options.open('/inbox');
      },
    );
  };

  /** The ideas that came together and still wait. */
  const showGathered = (): void => {
    const wanted = new Set(gathered);
    gathered = [];
    const ideas = (glances.current()?.inbox ?? []).filter((item) => wanted.has(state(item)));
    if (ideas.length > MOST_AT_ONCE) showMany(ideas);
    else for (const idea of ideas) show(idea);
  };

  const see = (glance: Glance): void => {
    const now = new Map(glance.inbox.map((item) => [state(item), item]));
    for (const [key, notice] of shown)
      if (now.get(key)?.version !== notice.version) {
        shown.delete(key);
        notice.view.close();
      }
    if (waiting) {
      const before = waiting;
      const fresh = [...now].filter(([key]) => !before.has(key)).map(([, item]) => item);
      for (const item of fresh) if (item.kind !== 'idea') show(item);
      const ideas = fresh.filter((item) => item.kind === 'idea');
      if (ideas.length > 0 && gathered.length === 0) clock.after(scope, GATHER_MS, showGathered);
      gathered.push(...ideas.map(state));
    }
    // A list that was cut short says nothing about what lies below the cut: keep what is known.
    const cut = glance.inboxTotal > glance.inbox.length;
    waiting = new Set([...(cut && waiting ? waiting : []), ...now.keys()]);
  };

  glances.watch(scope, see);
  return { tell };
}

function state(item: InboxItem): string {
  return `${item.key}:${item.kind}`;
}
