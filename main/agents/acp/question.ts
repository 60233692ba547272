import type { DoorReply } from '../../domain/agent/tools.ts';
import type { JsonObject } from '../../domain/primitives.ts';
import { objectAt, objectsAt, textAt } from '../json-event.ts';

/** A question with answers to choose from, which some programs ask where the protocol has leave in mind. */
export interface AcpQuestion {
  /** As the owner is asked. */
  readonly text: string;
  readonly choices: readonly { readonly name: string; readonly optionId: string }[];
}

const LONGEST = 3_500;

/** Leave has one answer that gives it for once; more than one of them are a choice. */
export function questionIn(params: JsonObject): AcpQuestion | null {
  const choices = objectsAt(params, 'options')
    .filter((option) => option['kind'] === 'allow_once')
    .map((option) => ({ name: textAt(option, 'name'), optionId: textAt(option, 'optionId') }));
  if (choices.length < 2) return null;
  const call = objectAt(params, 'toolCall');
  const words = objectsAt(call, 'content')
    .map((part) => textAt(objectAt(part, 'content'), 'text'))
    .join('\n')
    .trim();
  const asked = (words || textAt(call, 'title') || 'Which one?').slice(0, LONGEST);
  return { text: [asked, ...choices.map(({ name }) => `- ${name}`)].join('\n'), choices };
}

/** The choice whose name the owner gave; null when the words are the owner's own. */
export function choiceOf(question: AcpQuestion, reply: DoorReply): string | null {
  if (reply.state !== 'done') return null;
  const said = plainly(reply.text);
  return question.choices.find(({ name }) => plainly(name) === said)?.optionId ?? null;
}

export function answerWords(question: AcpQuestion, reply: DoorReply): string {
  const [asked = ''] = question.text.split('\n');
  return `You asked “${asked}”. ${'text' in reply ? reply.text : 'Nobody answered.'}`;
}

function plainly(text: string): string {
  return text.trim().replace(/[.!]$/u, '').toLowerCase();
}
