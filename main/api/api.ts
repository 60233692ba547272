import type { ApiOptions } from './api-options.ts';
import { agentHandlers } from './agent-handlers.ts';
import type { Handlers } from './dispatch.ts';
import { accountHandlers } from './account-handlers.ts';
import { backupHandlers } from './backup-handlers.ts';
import { boardViewHandlers } from './board-view-handlers.ts';
import { costHandlers } from './cost-handlers.ts';
import { dataHandlers } from './data-handlers.ts';
import { eventHandlers } from './event-handlers.ts';
import { goalHandlers } from './goal-handlers.ts';
import { hostHandlers } from './host-handlers.ts';
import { briefingHandlers } from './briefing-handlers.ts';
import { guideHandlers } from './guide-handlers.ts';
import { insightHandlers } from './insight-handlers.ts';
import { metricsHandlers } from './metrics-handlers.ts';
import { intentHandlers } from './intent-handlers.ts';
import { inboxHandlers } from './inbox-handlers.ts';
import { notificationHandlers } from './notification-handlers.ts';
import { projectHandlers } from './project-handlers.ts';
import { proposalHandlers } from './proposal-handlers.ts';
import { riskHandlers } from './risk-handlers.ts';
import { runHandlers } from './run-handlers.ts';
import { runViewHandlers } from './run-view-handlers.ts';
import { scheduleHandlers } from './schedule-handlers.ts';
import { soundHandlers } from './safe-mode-handlers.ts';
import { permissionHandlers } from './permission-handlers.ts';
import { searchHandlers } from './search-handlers.ts';
import { secretHandlers } from './secret-handlers.ts';
import { sourceHandlers } from './source-handlers.ts';
import { updateHandlers } from './update-handlers.ts';
import { workerHandlers } from './worker-handlers.ts';
import { workspaceHandlers } from './workspace-handlers.ts';

/** Every operation of the contract, ready to be dispatched. */
export function createHandlers(options: ApiOptions): Handlers {
  return {
    ...workerHandlers(options),
    ...projectHandlers(options),
    ...goalHandlers(options),
    ...accountHandlers(options),
    ...costHandlers(options),
    ...sourceHandlers(options),
    ...proposalHandlers(options),
    ...boardViewHandlers(options),
    ...runViewHandlers(options),
    ...runHandlers(options),
    ...riskHandlers(options),
    ...agentHandlers(options),
    ...workspaceHandlers(options),
    ...intentHandlers(options),
    ...scheduleHandlers(options),
    ...eventHandlers(options),
    ...metricsHandlers(options),
    ...insightHandlers(options),
    ...briefingHandlers(options),
    ...guideHandlers(options),
    ...dataHandlers(options),
    ...backupHandlers(options),
    ...inboxHandlers(options),
    ...notificationHandlers(options),
    ...soundHandlers(),
    ...searchHandlers(options),
    ...secretHandlers(options),
    ...hostHandlers(options),
    ...permissionHandlers(options),
    ...updateHandlers(options),
  };
}
