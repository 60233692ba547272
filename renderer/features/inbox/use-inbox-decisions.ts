import { useEffect, useEffectEvent } from 'react';
import { lateMessage, type Choice } from '../../../preload/contract/choices.ts';
import { useToast } from '../../ui/toast.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { holdMs, tokenOf } from './held-decision.ts';
import type { InboxItem } from './inbox-item.ts';
import { strings } from './strings.ts';
import { useHeld } from './use-held.ts';

export interface InboxDecisions {
  /** Decides on one item or on several. */
  readonly decide: (items: readonly InboxItem[], choice: Choice) => void;
  /** Decided here, and no longer to be offered. */
  readonly isDecided: (item: InboxItem) => boolean;
  /** Changes when what was decided here is to be offered again: the reader asked for it, so that it does not wait for its place. */
  readonly returned: number;
}

/**
 * Decides on items of the inbox. What the runtime takes back by itself, an approval or a skip of proposals, is sent at once. What starts or
 * ends a run is kept for eight seconds first, as in the quick window: afterwards nothing takes it back.
 */
export function useInboxDecisions(): InboxDecisions {
  const { held, gone, refused, returned, hold, undo: takeBack } = useHeld(false);
  const { decideAll, keepUndo, undo, undone } = useDecisions();
  const toast = useToast();

  const offer = useEffectEvent((): (() => void) | undefined => {
    if (!held) return undefined;
    const { items, choice } = held;
    const did = strings.bulk.did[choice.action] ?? choice.label.toLowerCase();
    const forget = keepUndo(() => {
      takeBack();
      return Promise.resolve();
    });
    const close = toast({
      text: strings.kept(items.length, items[0]?.title ?? '', did),
      action: { label: 'Undo', run: undo },
      ms: holdMs,
    });
    return () => {
      forget();
      close();
    };
  });
  useEffect(() => offer(), [held]);

  const tell = useEffectEvent((): void => {
    const [first, ...others] = refused;
    if (first) toast({ text: strings.refused(first.item.title, lateMessage(first.failure), others.length) });
  });
  useEffect(() => {
    tell();
  }, [refused]);

  return {
    returned: returned + undone,
    decide(items, choice) {
      const { action } = choice;
      const proposals = items.every(({ entity }) => entity === 'proposal');
      if (proposals && (action === 'approve' || action === 'skip'))
        decideAll(
          items.map(({ entityId, ref, version, title }) => ({
            id: entityId,
            number: Number(ref.slice(ref.indexOf('-') + 1)),
            version,
            title,
          })),
          action,
        );
      else hold(items, choice);
    },
    isDecided: (item) =>
      gone.has(tokenOf(item)) || (held?.items.some((each) => tokenOf(each) === tokenOf(item)) ?? false),
  };
}
