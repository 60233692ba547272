import type { TurnFile } from '../turn-file.ts';
import { editFileTool } from './edit-file.ts';
import { listFilesTool } from './list-files.ts';
import type { PathGate } from './path-gate.ts';
import { readFileTool } from './read-file.ts';
import type { RunHere } from './run-command-tool.ts';
import { runTestsTool } from './run-tests.ts';
import { searchTool } from './search.ts';
import { shellTool } from './shell.ts';
import type { Tool } from './tool.ts';
import { writeFileTool } from './write-file.ts';

/** What the model is given: nothing that runs commands of its own, unless the project trusts its agent. */
export function createTools(
  turn: Pick<TurnFile, 'reading' | 'testCommand' | 'riskProfile' | 'commandLimitMs'>,
  gate: PathGate,
  run: RunHere,
): readonly Tool[] {
  const looking = [listFilesTool(gate, run), searchTool(gate, run), readFileTool(gate)];
  if (turn.reading) return looking;
  return [
    ...looking,
    editFileTool(gate),
    writeFileTool(gate),
    ...(turn.testCommand === null ? [] : [runTestsTool(run, turn.testCommand, turn.commandLimitMs)]),
    ...(turn.riskProfile === 'trusted' ? [shellTool(run, turn.commandLimitMs)] : []),
  ];
}
