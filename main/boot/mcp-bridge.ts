import { serveAgent } from '../headless/mcp/serve-agent.ts';
import { createSystemClock } from '../shared/clock.ts';
import { createScope } from '../shared/scope.ts';
import { findInstallation, readVersion } from './folders.ts';

/**
 * `homer mcp --run`: what an agent program starts to reach its host. Its own entry, so that it loads neither the runtime nor the rest of the
 * command, nor any package: a few MB over a bare Node. The token comes by the environment.
 */
export async function bridge(argv: readonly string[]): Promise<void> {
  const socket = argv[argv.indexOf('--socket') + 1];
  const token = process.env['HOMER_MCP_TOKEN'];
  if (!argv.includes('--socket') || socket === undefined || !token) {
    process.stderr.write(
      'homer: `mcp --run` is started by agent programs, with --socket and HOMER_MCP_TOKEN.\n',
    );
    process.exitCode = 2;
    return;
  }
  const scope = createScope('mcp bridge');
  await serveAgent({
    version: readVersion(findInstallation()),
    socket,
    token,
    permissions: argv.includes('--permissions'),
    clock: createSystemClock(),
    scope,
  });
  await scope.close();
  // What still waits for the host waits for nobody now.
  process.exit();
}
