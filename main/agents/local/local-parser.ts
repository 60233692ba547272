import { outputEvent, type TurnContext, type TurnParser } from '../executor.ts';
import { jsonOfLine } from '../json-event.ts';
import { createTurnAccount } from '../turn-account.ts';
import { loopLineSchema } from './loop-line.ts';

/** Reads what the loop prints. */
export function createLocalParser(turn: Pick<TurnContext, 'step' | 'worktree'>): TurnParser {
  const { step, worktree } = turn;
  const notes = createTurnAccount({ step, worktree, label: 'The local agent' });
  return {
    line(line, emit) {
      if (line.stream === 'stderr') notes.complain(line.text);
      const fields = line.stream === 'stdout' ? jsonOfLine(line) : undefined;
      const parsed = loopLineSchema.safeParse(fields);
      if (!parsed.success) {
        emit(outputEvent(step, line));
        return undefined;
      }
      const said = parsed.data;
      switch (said.type) {
        case 'session':
          notes.session(said.id);
          notes.model(said.model);
          break;
        case 'writing':
          break;
        case 'text':
          notes.message(said.text, emit);
          break;
        case 'reasoning':
          notes.reasoning(said.text, emit);
          break;
        case 'call':
          notes.toolCall(said, emit);
          break;
        case 'result':
          notes.toolResult(said, emit);
          if (said.ok && said.change) emit({ type: 'file_change', payload: { step, ...said.change } });
          break;
        case 'retry':
          notes.retry(said.reason, said.afterMs, emit);
          break;
        case 'usage':
          notes.used(
            { ...said, tokensIn: Math.max(0, said.tokensIn), costMicroUsd: said.costMicroUsd, calls: 1 },
            emit,
          );
          break;
        case 'note':
          emit({ type: 'output', payload: { step, stream: 'stdout', text: said.text } });
          break;
        case 'end':
          notes.settle(
            said.class === 'ok'
              ? 'ok'
              : {
                  class: said.class,
                  message: said.message,
                  resetsAt: said.resetsAt === null ? null : Date.parse(said.resetsAt),
                },
          );
          if (said.class !== 'ok') notes.error(said.class, said.message, emit);
          break;
      }
      return undefined;
    },
    ending: (exit) => notes.ending(exit),
  };
}
