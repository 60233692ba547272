import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { redact } from '../agents/redact.ts';
import type { askOwnerSchema, DoorReply, permissionSchema } from '../domain/agent/tools.ts';
import type { NewRunEvent } from '../domain/run/run-event.ts';
import { judgePermission } from '../domain/run/judge-permission.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { Write } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';
import { getProject } from '../store/project-store.ts';
import { insertAsk, listOfTurn, type NewAsk } from '../store/run-ask-store.ts';
import type { StoredChild } from '../store/run-child-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { takeGrant } from '../store/run-grant-store.ts';
import { getStage } from '../store/run-stage-store.ts';
import { getRun } from '../store/run-store.ts';
import { transitionRun } from '../store/transition-run.ts';

/** Things one turn may ask in all; an agent that asks without end is asked to stop. */
const MOST_ASKS = 50;

export function askQuestion(
  write: Write,
  child: StoredChild,
  id: string,
  { question }: z.infer<typeof askOwnerSchema>,
): DoorReply {
  const text = redact(question);
  return open(write, child, {
    id,
    kind: 'question',
    text,
    tool: '',
    subject: '',
    risk: null,
    riskNote: '',
    expiresAt: null,
  });
}

/**
 * Whether an agent may use a tool. The path policy is asked first and denies at once; then what the owner granted for this intent; only then
 * the owner.
 */
export function askPermission(
  write: Write,
  child: StoredChild,
  id: string,
  { tool_name, input }: z.infer<typeof permissionSchema>,
): DoorReply {
  const run = getRun(write, child.runId);
  const project = getProject(write, run.projectId);
  const judged = judgePermission(tool_name, input, {
    worktree: worktreeOf(write, child, run.attempt) ?? run.worktree ?? '',
    policy: project.pathPolicy,
    sensitive: project.sensitivePatterns,
  });
  const tool = redact(tool_name);
  const text = redact(judged.text);
  const told = (outcome: 'granted' | 'refused', note: string): void => {
    appendRunEvents(write, run.id, [permission(child, { id, tool, text, outcome, actor: 'runtime', note })]);
  };
  if (judged.denied !== null) {
    told('refused', judged.denied);
    return { state: 'denied', text: judged.denied };
  }
  const subject = createHash('sha256').update(judged.subject).digest('hex');
  const grant = takeGrant(write, { intentId: run.intentId, runId: run.id, tool, subject });
  if (grant) {
    told('granted', grant.once ? 'allowed once, before' : `allowed for this intent until ${grant.expiresAt}`);
    return { state: 'allowed' };
  }
  const minutes = Number(readFlag(write, 'agents.permission_minutes'));
  if (minutes === 0) {
    const why = 'The risk profile of the project does not allow this, and nothing is asked.';
    told('refused', why);
    return { state: 'denied', text: why };
  }
  return open(write, child, {
    id,
    kind: 'permission',
    text,
    tool,
    subject,
    risk: judged.risk,
    riskNote: redact(judged.riskNote),
    expiresAt: formatTime(parseTime(write.now) + minutes * 60_000),
  });
}

function open(
  write: Write,
  child: StoredChild,
  ask: Omit<NewAsk, 'runId' | 'stage' | 'step' | 'attempt'>,
): DoorReply {
  const { runId, stage, step, attempt } = child;
  const { status } = getRun(write, runId);
  if (status !== 'running' && status !== 'blocked')
    return { state: 'refused', tag: 'turn_over', text: 'The run does not work any more.' };
  if (listOfTurn(write, child).length >= MOST_ASKS)
    return {
      state: 'refused',
      tag: 'too_often',
      text: 'This turn has asked enough. Go on with what you know.',
    };
  insertAsk(write, { ...ask, runId, stage, step, attempt });
  const shown = ask.kind === 'permission' ? `May it use ${ask.tool}? ${ask.text}` : ask.text;
  appendRunEvents(write, runId, [
    ask.kind === 'question'
      ? { type: 'question', payload: { ...markOf(child), text: ask.text } }
      : permission(child, {
          id: ask.id,
          tool: ask.tool,
          text: ask.text,
          outcome: 'asked',
          actor: 'agent',
          ...(ask.riskNote === '' ? {} : { note: `${ask.risk ?? ''} risk: ${ask.riskNote}` }),
        }),
  ]);
  if (ask.kind === 'permission')
    write.emit({
      type: 'permissionAsked',
      entity: 'run',
      entityId: runId,
      actor: 'agent',
      payload: { askId: ask.id, tool: ask.tool, risk: ask.risk },
    });
  if (status === 'running') transitionRun(write, runId, 'block', 'agent', { changes: { question: shown } });
  return { state: 'waiting' };
}

function markOf({ step, stage }: StoredChild): { step: number; stage?: string } {
  return { step, ...(stage === '' ? {} : { stage }) };
}

function permission(
  child: StoredChild,
  payload: Omit<Extract<NewRunEvent, { type: 'permission' }>['payload'], 'step' | 'stage'>,
): NewRunEvent {
  return { type: 'permission', payload: { ...markOf(child), ...payload } };
}

function worktreeOf(write: Write, { runId, stage }: StoredChild, attempt: number): string | null {
  return stage === '' ? null : getStage(write, runId, attempt, stage).worktree;
}
