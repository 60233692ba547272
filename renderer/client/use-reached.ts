import { useConnection } from './client-context.tsx';

/** False while the runtime is not reached, so that nothing decided would arrive. */
export function useReached(): boolean {
  const { state } = useConnection();
  return state !== 'stale' && state !== 'offline';
}
