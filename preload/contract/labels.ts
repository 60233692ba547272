import { AUTO, AUTO_LABEL, taskType } from '../../main/domain/run/task-type.ts';
import { accountBilling, accountKind } from '../../main/domain/account/account.ts';
import { forecastBasis } from '../../main/domain/account/night-plan.ts';
import { accountStatus } from '../../main/domain/account/status.ts';
import { decisionChannel } from '../../main/domain/decision/decision.ts';
import { alertKind } from '../../main/domain/alert/alert.ts';
import { flagGroup } from '../../main/domain/flag/flag-spec.ts';
import { guideStep } from '../../main/domain/guide/guide.ts';
import { progressBasis } from '../../main/domain/goal/goal-row.ts';
import { goalStatus } from '../../main/domain/goal/status.ts';
import { inboxSection } from '../../main/domain/inbox/inbox-section.ts';
import { insightMeasure } from '../../main/domain/insight/insight.ts';
import { missedOutcome } from '../../main/domain/intent/missed.ts';
import { retryEnding } from '../../main/domain/intent/retry-policy.ts';
import { intentStatus, misfirePolicy, triggerType } from '../../main/domain/intent/status.ts';
import { boardAge, boardLanes, boardRelevance, waitsOn } from '../../main/domain/proposal/board-facts.ts';
import { priorityLevel } from '../../main/domain/proposal/board-order.ts';
import { relatedBecause } from '../../main/domain/proposal/related.ts';
import { effort } from '../../main/domain/proposal/plan.ts';
import { noticeOutcome } from '../../main/domain/notice/notice.ts';
import { testCheckState } from '../../main/domain/project/test-check.ts';
import { planningState, proposalStage } from '../../main/domain/proposal/stage.ts';
import { riskLevel, riskProfile } from '../../main/domain/risk/gate.ts';
import { applyStrategy } from '../../main/domain/run/apply-strategy.ts';
import { evidencePart, evidenceState } from '../../main/domain/run/evidence.ts';
import { stageStatus } from '../../main/domain/run/stage-status.ts';
import { runStatus, runType, triggeredBy } from '../../main/domain/run/status.ts';
import { proposalSource } from '../../main/domain/source/source.ts';
import { secretKeeper, secretProtection } from '../../main/domain/secret/secret.ts';
import { updateChannel, updateMode } from '../../main/domain/update/update.ts';

/** The words people read for stored values, from the lists that declare them. */
export const labels = {
  flagGroup: flagGroup.labels,
  inboxSection: inboxSection.labels,
  noticeOutcome: noticeOutcome.labels,
  stage: proposalStage.labels,
  planning: planningState.labels,
  effort: effort.labels,
  priority: priorityLevel.labels,
  relatedBecause: relatedBecause.labels,
  boardAge: boardAge.labels,
  boardRelevance: boardRelevance.labels,
  boardLanes: boardLanes.labels,
  waitsOn: waitsOn.labels,
  risk: riskLevel.labels,
  riskProfile: riskProfile.labels,
  runStatus: runStatus.labels,
  runType: runType.labels,
  triggeredBy: triggeredBy.labels,
  applyStrategy: applyStrategy.labels,
  evidencePart: evidencePart.labels,
  evidenceState: evidenceState.labels,
  stageStatus: stageStatus.labels,
  source: proposalSource.labels,
  channel: decisionChannel.labels,
  guideStep: guideStep.labels,
  goalStatus: goalStatus.labels,
  progressBasis: progressBasis.labels,
  testCheckState: testCheckState.labels,
  intentStatus: intentStatus.labels,
  triggerType: triggerType.labels,
  misfirePolicy: misfirePolicy.labels,
  secretKeeper: secretKeeper.labels,
  secretProtection: secretProtection.labels,
  updateChannel: updateChannel.labels,
  updateMode: updateMode.labels,
  missedOutcome: missedOutcome.labels,
  insightMeasure: insightMeasure.labels,
  alertKind: alertKind.labels,
  accountStatus: accountStatus.labels,
  accountKind: accountKind.labels,
  accountBilling: accountBilling.labels,
  taskType: taskType.labels,
  forecastBasis: forecastBasis.labels,
  retryEnding: retryEnding.labels,
} as const;

/** In the place of an executor's name: one is chosen by the kind of task. */
export const autoExecutor = { name: AUTO, label: AUTO_LABEL } as const;
