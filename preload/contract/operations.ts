import type { z } from 'zod';
import type { Reply } from './errors.ts';
import { accountOperations } from './account.ts';
import { briefingOperations } from './briefing.ts';
import { backupOperations } from './backup.ts';
import { boardViewOperations } from './board-view.ts';
import { dataOperations } from './data.ts';
import { eventOperations } from './event.ts';
import { guideOperations } from './guide.ts';
import { goalOperations } from './goal.ts';
import { inboxOperations } from './inbox.ts';
import { hostOperations } from './host.ts';
import { insightOperations } from './insights.ts';
import { metricsOperations } from './metrics.ts';
import { intentOperations } from './intent.ts';
import { notificationOperations } from './notification.ts';
import { projectOperations } from './project.ts';
import { proposalOperations } from './proposal.ts';
import { agentOperations } from './agent.ts';
import { riskOperations } from './risk.ts';
import { runViewOperations } from './run-view.ts';
import { runOperations } from './run.ts';
import { safeModeOperations } from './safe-mode.ts';
import { permissionOperations } from './permission.ts';
import { searchOperations } from './search.ts';
import { scheduleRangeOperations } from './schedule.ts';
import { secretOperations } from './secret.ts';
import { sourceOperations } from './source.ts';
import { updateOperations } from './update.ts';
import { workerOperations } from './worker.ts';
import { workspaceOperations } from './workspace.ts';

/** Every operation of Homer. */
export const operations = {
  ...workerOperations,
  ...projectOperations,
  ...goalOperations,
  ...accountOperations,
  ...sourceOperations,
  ...proposalOperations,
  ...boardViewOperations,
  ...runViewOperations,
  ...runOperations,
  ...riskOperations,
  ...agentOperations,
  ...workspaceOperations,
  ...intentOperations,
  ...scheduleRangeOperations,
  ...eventOperations,
  ...metricsOperations,
  ...insightOperations,
  ...briefingOperations,
  ...guideOperations,
  ...dataOperations,
  ...backupOperations,
  ...safeModeOperations,
  ...searchOperations,
  ...secretOperations,
  ...permissionOperations,
  ...inboxOperations,
  ...notificationOperations,
  ...hostOperations,
  ...updateOperations,
};

export type Operations = typeof operations;
export type OperationName = keyof Operations;
/** What a caller sends: defaults may be left out. */
export type InputOf<N extends OperationName> = z.input<Operations[N]['input']>;
/** What a handler receives: parsed, defaults filled in. */
export type ParsedOf<N extends OperationName> = z.output<Operations[N]['input']>;
export type OutputOf<N extends OperationName> = z.output<Operations[N]['output']>;

/** One call of one operation, over whatever carries it. */
export type Call = <N extends OperationName>(name: N, input: InputOf<N>) => Promise<Reply<OutputOf<N>>>;

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}
