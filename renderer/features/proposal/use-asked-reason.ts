import { useEffect } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useSearchValue } from '../../app/router-context.tsx';
import { useDecisions } from './decisions.ts';

/** Asks for the reason of a rejection that was begun where there is no room for words: a notification, the tray. */
export function useAskedReason(detail: OutputOf<'proposal.get'> | undefined): void {
  const [say, setSay] = useSearchValue('say');
  const { decide } = useDecisions();
  useEffect(() => {
    if (!detail || say !== 'reject') return;
    setSay('');
    if (detail.possible.includes('reject')) decide(detail.proposal, 'reject');
  }, [detail, say, setSay, decide]);
}
