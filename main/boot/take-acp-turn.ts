import { runAcpTurn } from '../agents/acp/run-turn.ts';
import { createDoorClient } from '../headless/mcp/door-client.ts';
import { messageOf } from '../shared/result.ts';
import { findInstallation, readVersion } from './folders.ts';

/** One turn of an agent program over the Agent Client Protocol; the argument names its turn file. */
export async function takeAcpTurn(argv: readonly string[]): Promise<void> {
  const [turnFile] = argv;
  if (turnFile === undefined) {
    process.stderr.write('This program is started by Homer, with the file of a turn.\n');
    process.exit(64);
  }
  try {
    const version = readVersion(findInstallation());
    process.exit(await runAcpTurn(turnFile, { version, openDoor: (at) => createDoorClient(at).ask }));
  } catch (error) {
    process.stderr.write(`The turn could not be taken: ${messageOf(error)}\n`);
    process.exit(70);
  }
}
