import type { Question } from '../domain/proposal/proposal.ts';
import type { Read, Row, Write } from './database.ts';
import { bool, int, json, notFound, text, textOrNull } from './row.ts';

function toQuestion(row: Row): Question {
  return {
    id: text(row, 'id'),
    proposalId: text(row, 'proposal_id'),
    sequence: int(row, 'sequence'),
    question: text(row, 'question'),
    required: bool(row, 'required'),
    askedBy: text(row, 'asked_by') as Question['askedBy'],
    suggestions: json<string[]>(row, 'suggestions'),
    answer: textOrNull(row, 'answer'),
    answeredAt: textOrNull(row, 'answered_at'),
    createdAt: text(row, 'created_at'),
  };
}

export function listQuestions(read: Read, proposalId: string): Question[] {
  return read
    .prepare('SELECT * FROM proposal_qa WHERE proposal_id = ? ORDER BY sequence')
    .all(proposalId)
    .map(toQuestion);
}

export function insertQuestion(
  write: Write,
  proposalId: string,
  question: {
    question: string;
    required: boolean;
    askedBy: Question['askedBy'];
    suggestions?: readonly string[];
  },
  actor: string,
): void {
  write
    .prepare(
      `INSERT INTO proposal_qa (id, proposal_id, sequence, question, required, asked_by, suggestions, created_at)
       VALUES (?, ?, (SELECT COALESCE(MAX(sequence), 0) + 1 FROM proposal_qa WHERE proposal_id = ?), ?, ?, ?, ?, ?)`,
    )
    .run(
      write.nextId(),
      proposalId,
      proposalId,
      question.question,
      question.required ? 1 : 0,
      question.askedBy,
      JSON.stringify(question.suggestions ?? []),
      write.now,
    );
  countOpenQuestions(write, proposalId);
  write.emit({
    type: 'questionAsked',
    entity: 'proposal',
    entityId: proposalId,
    actor,
    payload: { required: question.required },
  });
}

/** Throws `not_found` when the question is not one of this proposal's. */
export function answerQuestion(
  write: Write,
  proposalId: string,
  questionId: string,
  answer: string,
  actor: string,
): void {
  const { changes } = write
    .prepare('UPDATE proposal_qa SET answer = ?, answered_at = ? WHERE id = ? AND proposal_id = ?')
    .run(answer, write.now, questionId, proposalId);
  if (changes !== 1) throw notFound('question', questionId);
  countOpenQuestions(write, proposalId);
  write.emit({
    type: 'questionAnswered',
    entity: 'proposal',
    entityId: proposalId,
    actor,
    payload: { questionId },
  });
}

function countOpenQuestions(write: Write, proposalId: string): void {
  write
    .prepare(
      `UPDATE proposal SET open_questions = (SELECT COUNT(*) FROM proposal_qa WHERE proposal_id = proposal.id AND answer IS NULL),
         updated_at = ? WHERE id = ?`,
    )
    .run(write.now, proposalId);
}
