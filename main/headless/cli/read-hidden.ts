import type { ContractFailure } from '../../../preload/contract/errors.ts';
import { refuse } from './ask.ts';
import type { InStream, OutStream } from './io.ts';

const cancelled: ContractFailure = { tag: 'cancelled', message: 'Nothing was changed.' };
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const BACKSPACES = new Set(['\u0008', '\u007f']);

/** One line typed at a terminal that does not show it; from a pipe, all there is but its last line break. */
export async function readHidden(stdin: InStream, stderr: OutStream, question: string): Promise<string> {
  if (stdin.isTTY !== true) {
    let text = '';
    for await (const chunk of stdin) text += chunk.toString();
    return text.replace(/\r?\n$/u, '');
  }
  if (!stdin.setRawMode)
    return refuse({
      tag: 'usage',
      message: 'This terminal would show what is typed.',
      hint: 'Give the value on standard input: homer secrets set NAME <file',
    });
  stderr.write(question);
  stdin.setRawMode(true);
  try {
    let typed: string[] = [];
    for await (const chunk of stdin)
      for (const letter of chunk.toString()) {
        if (letter === CTRL_C || (letter === CTRL_D && typed.length === 0)) return refuse(cancelled);
        if (letter === '\r' || letter === '\n' || letter === CTRL_D) return typed.join('');
        if (BACKSPACES.has(letter)) typed = typed.slice(0, -1);
        else typed.push(letter);
      }
    return refuse(cancelled);
  } finally {
    stdin.setRawMode(false);
    stderr.write('\n');
  }
}
