import { useEffect } from 'react';
import { useToast } from '../../ui/toast.tsx';
import { strings } from './strings.ts';

/** Says once that this page took the place of one that stopped working; the host marks the address of such a page. */
export function AgainNotice() {
  const toast = useToast();
  useEffect(() => {
    const { history, location } = window;
    if (!new URLSearchParams(location.search).has('again')) return;
    history.replaceState(history.state, '', `${location.pathname}${location.hash}`);
    toast({ text: strings.again });
  }, [toast]);
  return null;
}
