import { StringDecoder } from 'node:string_decoder';
import type { Clock } from '../../shared/clock.ts';
import type { Scope } from '../../shared/scope.ts';
import { createAgentServer } from './agent-server.ts';
import { createDoorClient } from './door-client.ts';

/** A line that is longer is no message: the program is not understood, and left. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** Serves an agent program on standard input and output, until it closes them. */
export async function serveAgent(options: {
  version: string;
  socket: string;
  token: string;
  permissions: boolean;
  clock: Clock;
  scope: Scope;
}): Promise<void> {
  const server = createAgentServer({
    version: options.version,
    permissions: options.permissions,
    clock: options.clock,
    scope: options.scope,
    door: createDoorClient(options),
    send: (line) => void process.stdout.write(line),
  });
  const decoder = new StringDecoder('utf8');
  let rest = '';
  await new Promise<void>((resolve) => {
    process.stdin.on('data', (part: Buffer) => {
      rest += decoder.write(part);
      if (rest.length > LONGEST_LINE) resolve();
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 1);
        server.receive(line);
      }
    });
    // A program that died closes neither in order.
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    process.stdout.once('error', resolve);
  });
  process.stdin.destroy();
}
