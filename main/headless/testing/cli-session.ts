import type { Connection } from '../client/connection.ts';
import { createDirectConnection } from '../client/direct-connection.ts';
import type { CliHost } from '../cli/cli-host.ts';
import { createCli } from '../cli/create-cli.ts';
import { createManualClock } from '../../shared/clock.ts';
import { fail, ok } from '../../shared/result.ts';
import { createStandIn, type StandIn } from './stand-in.ts';

/** The command line before the stand-in, with what it wrote; for tests. */
export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CliSession {
  readonly standIn: StandIn;
  /** How many connections were opened and closed. */
  readonly connections: { opened: number; closed: number };
  run(
    argv: readonly string[],
    options?: { columns?: number; answer?: string; piped?: string; env?: Record<string, string> },
  ): Promise<CliRun>;
}

export function createCliSession(host: Partial<CliHost> = {}): CliSession {
  const standIn = createStandIn();
  const connections = { opened: 0, closed: 0 };
  const connect = (): Connection => {
    connections.opened += 1;
    return createDirectConnection({
      ...standIn,
      close: () => {
        connections.closed += 1;
        return Promise.resolve();
      },
    });
  };
  return {
    standIn,
    connections,
    async run(argv, { columns, answer, piped, env = {} } = {}) {
      let out = '';
      let err = '';
      const stream = (take: (text: string) => void) => ({
        write: (text: string, done?: () => void) => {
          take(text);
          done?.();
          return true;
        },
        on: () => undefined,
        isTTY: columns !== undefined,
        ...(columns === undefined ? {} : { columns }),
      });
      const cli = createCli({
        connect: () => Promise.resolve(ok(connect())),
        serve: () => Promise.resolve(fail('internal', 'not in this test')),
        demo: () => Promise.resolve(fail('internal', 'not in this test')),
        restore: () => Promise.resolve(fail('internal', 'not in this test')),
        exportData: () => Promise.resolve(fail('internal', 'not in this test')),
        importData: () => Promise.resolve(fail('internal', 'not in this test')),
        apiToken: () => ok('the-token'),
        readLog: () => Promise.resolve(ok(undefined)),
        openBrowser: () => Promise.resolve(ok(undefined)),
        ...host,
        version: '0.1.0',
        stdout: stream((text) => (out += text)),
        stderr: stream((text) => (err += text)),
        stdin: {
          isTTY: answer !== undefined,
          [Symbol.asyncIterator]: async function* () {
            yield await Promise.resolve(piped ?? `${answer ?? ''}\n`);
          },
        },
        env,
        clock: createManualClock('2026-01-01T02:00:00.000Z'),
        signal: new AbortController().signal,
      });
      return { code: await cli.run(argv), out, err };
    },
  };
}
