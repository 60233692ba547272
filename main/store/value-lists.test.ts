import { afterAll, beforeAll, expect, it } from 'vitest';
import { alertKind } from '../domain/alert/alert.ts';
import { accountBilling, accountKind, windowSource } from '../domain/account/account.ts';
import { signedIn } from '../domain/account/signed-in.ts';
import { accountStatus } from '../domain/account/status.ts';
import { costSource } from '../domain/cost/cost-state.ts';
import { decisionChannel, decisionEntity } from '../domain/decision/decision.ts';
import { goalStatus } from '../domain/goal/status.ts';
import { missedOutcome } from '../domain/intent/missed.ts';
import { intentStatus, intentType, misfirePolicy, triggerType } from '../domain/intent/status.ts';
import { choiceAction } from '../domain/inbox/choice.ts';
import { noticeKind, noticeOutcome } from '../domain/notice/notice.ts';
import { boardLanes } from '../domain/proposal/board-facts.ts';
import { questionSchema } from '../domain/proposal/proposal.ts';
import { planningState, proposalStage } from '../domain/proposal/stage.ts';
import { riskProfile } from '../domain/risk/gate.ts';
import { askKind, askRisk, askStatus } from '../domain/run/ask.ts';
import { runTab } from '../domain/run/run-list-filter.ts';
import { stageStatus } from '../domain/run/stage-status.ts';
import { runStatus, runType, triggeredBy } from '../domain/run/status.ts';
import { sessionPhase } from '../domain/session/phase.ts';
import { proposalSource, sourceType } from '../domain/source/source.ts';
import { upkeepTask } from '../domain/upkeep/task.ts';
import type { RunLoopState } from './run-request-store.ts';
import type { Taken } from './run-conflict-store.ts';
import type { Directive } from './run-directive-store.ts';
import { createTestStore, type TestStore } from './testing/test-store.ts';

const requested = { '': 0, pause: 0, pause_now: 0, stop: 0 } satisfies Record<RunLoopState['requested'], 0>;
const directive = { directive: 0, answer: 0, feedback: 0 } satisfies Record<Directive['kind'], 0>;

const taken = { '': 0, ours: 0, theirs: 0, again: 0 } satisfies Record<Taken, 0>;

/** Every column of the schema that is held to a list of words, with the list of the program. */
const lists: Record<string, readonly string[]> = {
  'account_window.source': windowSource.values,
  'account_window_hour.source': windowSource.values,
  'alert.kind': alertKind.values,
  'board_view.lanes': boardLanes.values,
  'decision.channel': decisionChannel.values,
  'decision.entity': decisionEntity.values,
  'discovery_session.phase': sessionPhase.values,
  'discovery_source.type': sourceType.values,
  'executor_account.billing': accountBilling.values,
  'executor_account.kind': accountKind.values,
  'executor_account.status': accountStatus.values,
  'executor_found.signed_in': signedIn.values,
  'goal.status': goalStatus.values,
  'intent.intent_type': intentType.values,
  'intent.misfire_policy': misfirePolicy.values,
  'intent.status': intentStatus.values,
  'intent.trigger_type': triggerType.values,
  'missed_time.outcome': missedOutcome.values,
  'notice.kind': noticeKind.values,
  'notice.outcome': noticeOutcome.values,
  'notice_button.action': choiceAction.values,
  'notice_outcome.outcome': noticeOutcome.values,
  'planning_turn.cost_source': costSource.values,
  'project.risk_profile': riskProfile.values,
  'proposal.planning': planningState.values,
  'proposal.source': proposalSource.values,
  'proposal.stage': proposalStage.values,
  'proposal_qa.asked_by': questionSchema.shape.askedBy.options,
  'run_ask.kind': askKind.values,
  'run_ask.risk': ['', ...askRisk.values],
  'run_ask.status': askStatus.values,
  'run.requested': Object.keys(requested),
  'run.run_type': runType.values,
  'run.status': runStatus.values,
  'run.triggered_by': triggeredBy.values,
  'run_conflict.taken': Object.keys(taken),
  'run_directive.kind': Object.keys(directive),
  'run_stage.status': stageStatus.values,
  'run_view.tab': runTab.values,
  'turn_use.cost_source': costSource.values,
  'upkeep.task': upkeepTask.values,
};

let bench: TestStore;
beforeAll(async () => {
  bench = await createTestStore();
});
afterAll(() => bench.dispose());

it('holds every listed column to exactly the values the program knows, in its order', () => {
  const checks = bench.store.read((read) =>
    read
      .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL`)
      .all()
      .flatMap(({ name, sql }) =>
        [...String(sql).matchAll(/CHECK \((\w+) IN \(('[^)]*)\)\)/gu)].map((match) => [
          `${String(name)}.${String(match[1])}`,
          [...String(match[2]).matchAll(/'([^']*)'/gu)].map((value) => value[1]),
        ]),
      ),
  );
  expect(Object.fromEntries(checks)).toEqual(lists);
});

it('is refused by SQLite itself when a value is none of them', () => {
  expect(() =>
    bench.store.write((write) =>
      write
        .prepare(
          `INSERT INTO goal (id, title, status, created_at, updated_at) VALUES ('g', 't', 'forgotten', '', '')`,
        )
        .run(),
    ),
  ).toThrow(/CHECK/u);
});

it('keeps every table STRICT, but those that SQLite makes for the search index', () => {
  const loose = bench.store.read((read) =>
    read
      .prepare(
        `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
      )
      .all(),
  );
  expect(loose).toEqual([]);
});
