import { runLoop } from '../agents/local/loop/run-loop.ts';
import { createDoorClient } from '../headless/mcp/door-client.ts';
import { messageOf } from '../shared/result.ts';

/** One turn of the local agent; the argument names its turn file. Ends the process: a tool's output may still hold it open. */
export async function runAgentLoop(argv: readonly string[]): Promise<void> {
  const [turnFile] = argv;
  if (turnFile === undefined) {
    process.stderr.write('This program is started by Homer, with the file of a turn.\n');
    process.exit(64);
  }
  try {
    process.exit(await runLoop(turnFile, (at) => createDoorClient(at).ask));
  } catch (error) {
    process.stderr.write(`The local agent failed: ${messageOf(error)}\n`);
    process.exit(70);
  }
}
