import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const TAIL_BYTES = 4_096;
/** Ends of a line after which programs wait for a person. */
const ASKS =
  /(\?|\[y\/n\]|\(y(es)?\/no?\)|pass(word|phrase).{0,80}:|press (any key|enter)[^.]{0,30}|continue)[\s:>?]*$/iu;

/** What a silent child printed last, when that looks as if it waited for somebody at a terminal; empty otherwise. */
export function promptWords(spool: string): string {
  for (const stream of ['stderr', 'stdout'] as const) {
    const last = lastLine(join(spool, stream));
    if (ASKS.test(last))
      return ` Its last words look like a question that nobody is there to answer: “${last.slice(-200)}”. Let it ask by ask_owner, or give it what it needs beforehand.`;
  }
  return '';
}

function lastLine(path: string): string {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return (
      stripVTControlCharacters(bytes.toString('utf8'))
        .split(/[\r\n]+/u)
        .findLast((line) => line.trim() !== '')
        ?.trim() ?? ''
    );
  } finally {
    closeSync(file);
  }
}
