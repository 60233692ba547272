import { createAcpDriver } from '../agents/acp/drive-turn.ts';
import { createCodexDriver } from '../agents/codex/codex-driver.ts';
import { runTurn } from '../agents/driver/run-turn.ts';
import { createDoorClient } from '../headless/mcp/door-client.ts';
import { messageOf } from '../shared/result.ts';
import { findInstallation, readVersion } from './folders.ts';

/** One turn of an agent program that is spoken to; the argument names its turn file. */
export async function takeAgentTurn(argv: readonly string[]): Promise<void> {
  const [turnFile] = argv;
  if (turnFile === undefined) {
    process.stderr.write('This program is started by Homer, with the file of a turn.\n');
    process.exit(64);
  }
  try {
    const version = readVersion(findInstallation());
    const drivers = { acp: createAcpDriver, codex: createCodexDriver };
    process.exit(await runTurn(turnFile, { version, drivers, openDoor: (at) => createDoorClient(at).ask }));
  } catch (error) {
    process.stderr.write(`The turn could not be taken: ${messageOf(error)}\n`);
    process.exit(70);
  }
}
