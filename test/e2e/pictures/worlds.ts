import { startRunFixture } from '../../fixtures/run-server/server.ts';
import { startFixture } from '../../fixtures/ui-server/server.ts';
import type { PictureState } from './picture.ts';

/** A Friday morning after a night of work; it stands still, so that the same dashboard gives the same pictures. */
export const pictureTime = Date.parse('2026-11-20T08:40:00Z');

/** What serves the two worlds of pictures in one state. */
export interface PictureWorlds {
  readonly urls: { readonly main: string; readonly runs: string };
  stop(): Promise<void>;
}

const root = 'out/renderer';
const amounts: Record<PictureState, number> = {
  typical: 26,
  empty: 0,
  overloaded: 1_000,
  error: 26,
  loading: 26,
};

export async function startWorlds(state: PictureState): Promise<PictureWorlds> {
  const amount = amounts[state];
  const few = state === 'empty' ? 0 : state === 'overloaded' ? amount : undefined;
  const [main, runs] = await Promise.all([
    startFixture({
      root,
      proposals: amount,
      intents: few ?? 24,
      goals: few ?? 11,
      firstRun: false,
      port: 0,
      now: pictureTime,
    }),
    startRunFixture({
      root,
      now: pictureTime,
      none: state === 'empty',
      extra: state === 'overloaded' ? 1_000 : 60,
      huge: state === 'overloaded' ? 100_000 : 4_000,
    }),
  ]);
  // An alert stands above every view: it is looked at where there is a thousand of everything.
  if (state !== 'overloaded') main.world.alerts.clear();
  const tell = (url: string, what: string, body: object): Promise<Response> =>
    fetch(new URL(`/fixture/${what}`, url), { method: 'POST', body: JSON.stringify(body) });
  if (state === 'error') {
    await tell(main.url, 'fail', {});
    await tell(runs.url, 'fail', { operation: '*' });
  }
  if (state === 'loading') {
    await tell(main.url, 'delay', { ms: 60_000 });
    await tell(runs.url, 'hang', { operation: '*' });
  }
  return {
    urls: { main: main.url, runs: runs.url },
    stop: async () => {
      await Promise.all([main.stop(), runs.stop()]);
    },
  };
}
