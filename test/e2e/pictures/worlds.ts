import { startRunFixture, type RunFixture } from '../../fixtures/run-server/server.ts';
import { startFixture, type Fixture } from '../../fixtures/ui-server/server.ts';
import type { PictureState } from './picture.ts';

/** A Friday morning after a night of work; it stands still, so that the same dashboard gives the same pictures. */
export const pictureTime = Date.parse('2026-11-20T08:40:00Z');

/** What serves the two worlds of pictures in one state. */
export interface PictureWorlds {
  readonly urls: { readonly main: string | undefined; readonly runs: string | undefined };
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

/** Starts those that are needed: a thousand of everything takes its time to make. */
export async function startWorlds(
  state: PictureState,
  needed: ReadonlySet<'main' | 'runs'>,
): Promise<PictureWorlds> {
  const main = needed.has('main') ? await startMain(state) : undefined;
  const runs = needed.has('runs') ? await startRuns(state) : undefined;
  return {
    urls: { main: main?.url, runs: runs?.url },
    stop: async () => {
      await Promise.all([main?.stop(), runs?.stop()]);
    },
  };
}

async function startMain(state: PictureState): Promise<Fixture> {
  const amount = amounts[state];
  const few = state === 'empty' ? 0 : state === 'overloaded' ? amount : undefined;
  const main = await startFixture({
    root,
    proposals: amount,
    intents: few ?? 24,
    goals: few ?? 11,
    firstRun: false,
    port: 0,
    now: pictureTime,
  });
  // An alert stands above every view: it is looked at where there is a thousand of everything.
  if (state !== 'overloaded') main.world.alerts.clear();
  if (state === 'error') await tell(main.url, 'fail', {});
  if (state === 'loading') await tell(main.url, 'delay', { ms: 60_000 });
  return main;
}

async function startRuns(state: PictureState): Promise<RunFixture> {
  const runs = await startRunFixture({
    root,
    now: pictureTime,
    none: state === 'empty',
    extra: state === 'overloaded' ? 1_000 : 60,
    huge: state === 'overloaded' ? 100_000 : 4_000,
  });
  if (state === 'error') await tell(runs.url, 'fail', { operation: '*' });
  if (state === 'loading') await tell(runs.url, 'hang', { operation: '*' });
  return runs;
}

const tell = (url: string, what: string, body: object): Promise<Response> =>
  fetch(new URL(`/fixture/${what}`, url), { method: 'POST', body: JSON.stringify(body) });
