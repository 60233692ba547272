import type { Clock } from '../../shared/clock.ts';
import { createSpokenParser } from '../driver/spoken-parser.ts';
import type { TurnContext, TurnParser } from '../executor.ts';
import { createCodexExecParser } from './codex-exec-parser.ts';
import { createCodexThreadParser } from './codex-thread-parser.ts';

/** Reads a turn of Codex, whether its app server is spoken to or `exec` prints it. */
export function createCodexParser(turn: TurnContext, clock: Clock): TurnParser {
  return createSpokenParser(turn, 'Codex', {
    codex: () => createCodexThreadParser(turn, clock),
    plain: () => createCodexExecParser(turn, clock),
  });
}
