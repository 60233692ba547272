import { once } from 'node:events';
import { createServer, request as ask, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFixture } from '../../fixtures/ui-server/server.ts';

export interface FloodServer {
  readonly url: string;
  /** So many changes of proposals a second for so long, in ten messages a second. */
  flood(perSecond: number, ms: number): Promise<void>;
  /** So many events as fast as the window takes them, until it has asked for nothing more for three seconds. */
  hour(events: number): Promise<void>;
  stop(): Promise<void>;
}

/** The dashboard over generated proposals, with a live stream that this benchmark writes: what is changed is really read again. */
export async function serveFlood(proposals: number): Promise<FloodServer> {
  const fixture = await startFixture({ root: 'out/renderer', proposals, firstRun: false, port: 0 });
  const all = [...fixture.world.proposals.values()];
  const live = new Set<ServerResponse>();
  let seq = 0;
  let turn = 0;
  let askedAt = performance.now();
  const message = (count: number): string => {
    const from = seq;
    const at = new Date().toISOString();
    const events = Array.from({ length: count }, () => {
      turn += 1;
      seq += 1;
      const proposal = all[(turn * 7_919) % all.length];
      if (!proposal) throw new Error('there is no proposal to change');
      proposal.version += 1;
      proposal.title = `${proposal.title.replace(/ \(\d+\)$/u, '')} (${String(proposal.version)})`;
      return {
        seq,
        type: 'proposalEdited',
        entity: 'proposal',
        entityId: proposal.id,
        actor: 'bench',
        at,
        payload: {},
      };
    });
    return `data: ${JSON.stringify({ from, seq, events, tails: {}, reset: false })}\n\n`;
  };
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api/live')) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': open\n\n');
      live.add(response);
      request.on('close', () => live.delete(response));
      return;
    }
    askedAt = performance.now();
    const onward = ask(
      new URL(request.url ?? '/', fixture.url),
      { method: request.method ?? 'GET', headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    async flood(perSecond, ms) {
      for (let sent = 0; sent < ms; sent += 100) {
        const text = message(perSecond / 10);
        for (const response of live) response.write(text);
        await wait(100);
      }
    },
    async hour(events) {
      const [response] = live;
      if (!response) throw new Error('no window listens');
      for (let sent = 0; sent < events; sent += 1_000)
        if (!response.write(message(1_000))) await once(response, 'drain');
      askedAt = performance.now();
      while (performance.now() - askedAt < 3_000) await wait(200);
    },
    async stop() {
      for (const response of live) response.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
      await fixture.stop();
    },
  };
}
