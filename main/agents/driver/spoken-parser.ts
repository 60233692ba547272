import type { OutputLine, TurnContext, TurnParser } from '../executor.ts';
import { jsonOfLine, textAt } from '../json-event.ts';
import type { Protocol } from './turn-file.ts';

/** Lines of standard error that may come before it is known who speaks. */
const MOST_HELD = 200;

/**
 * Reads a turn by what it begins with: one of the driver's goes to the parser of the protocol, and any other, also one that an older Homer began,
 * to the program's own. A program that turned out not to speak the protocol is read by its own from there on.
 */
export function createSpokenParser(
  { step }: Pick<TurnContext, 'step'>,
  label: string,
  parsers: Readonly<Partial<Record<Protocol, () => TurnParser>>> & { readonly plain: () => TurnParser },
): TurnParser {
  let parser = parsers.plain();
  let known = false;
  const held: OutputLine[] = [];

  return {
    line(line, emit) {
      const own =
        line.stream === 'stdout' && line.text.startsWith('{"homer":') ? jsonOfLine(line) : undefined;
      if (own?.['homer'] === 'plain') {
        known = true;
        parser = parsers.plain();
        const why = textAt(own, 'why');
        const message = `${label} could not be asked to ask: ${why}. This turn goes on without, and what its profile does not allow is denied.`;
        emit({ type: 'error', payload: { step, tag: 'cannot_ask', message } });
        return undefined;
      }
      if (!known && line.stream === 'stdout') {
        known = true;
        const spoken = parsers[textAt(own, 'homer') as Protocol];
        if (spoken !== undefined) {
          parser = spoken();
          // They were shown when they came.
          for (const one of held) parser.line(one, () => undefined);
        }
      } else if (!known && held.length < MOST_HELD) held.push(line);
      return parser.line(line, emit);
    },
    ending: (exit) => parser.ending(exit),
  };
}
