import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { redact } from '../agents/redact.ts';
import type { DoorReply, proposeIdeaSchema } from '../domain/agent/tools.ts';
import type { Write } from '../store/database.ts';
import { countProposalsFrom, findProposalByFingerprint, insertProposal } from '../store/proposal-store.ts';
import type { StoredChild } from '../store/run-child-store.ts';
import { getRun } from '../store/run-store.ts';

/** Ideas of one run; more would be noise, not a board. */
export const MOST_IDEAS = 10;

/** Keeps an agent's idea as a proposal of its project, once: the same title is the same idea, whichever run has it. */
export function proposeIdea(
  write: Write,
  child: StoredChild,
  { title, summary, where }: z.infer<typeof proposeIdeaSchema>,
): DoorReply {
  const run = getRun(write, child.runId);
  const from = `#${String(run.number)}`;
  const key = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const fingerprint = createHash('sha256')
    .update(`agent\n${run.projectId}\n${key || title}`)
    .digest('hex');
  const known = findProposalByFingerprint(write, fingerprint);
  if (known) return { state: 'done', text: 'This was proposed before; nothing was added.' };
  if (countProposalsFrom(write, run.projectId, from) >= MOST_IDEAS)
    return {
      state: 'refused',
      tag: 'too_many_ideas',
      text: `A run may propose ${String(MOST_IDEAS)} ideas, and this one has. Go on with the task.`,
    };
  const seen = where === '' ? '' : `\n\nSeen at ${redact(where)}`;
  insertProposal(
    write,
    {
      title: redact(title),
      summary: redact(summary),
      content: `${redact(summary)}${seen}\n\nProposed by the agent of run ${from}, ${run.name}.`,
      source: 'agent',
      sourceRef: from,
      fingerprint,
      relevance: 20,
      projectId: run.projectId,
      goalId: run.goalId,
      parentId: run.proposalId,
      expiresAt: null,
    },
    'agent',
  );
  return { state: 'done', text: 'Proposed. The owner decides on it later; go on with the task.' };
}
