import type { ProposalDetail } from '../../preload/contract/proposal.ts';
import { proposalDecision } from '../../preload/contract/proposal.ts';
import { askPlanner, decideProposal, retryPlanning } from '../approvals/decide-proposal.ts';
import { actionsFrom } from '../domain/machine.ts';
import type { Proposal } from '../domain/proposal/proposal.ts';
import { whyProjectStays } from '../domain/proposal/project-stays.ts';
import { proposalMachine, proposalStage } from '../domain/proposal/stage.ts';
import { FailureError, ok, type Result } from '../shared/result.ts';
import type { Read, Write } from '../store/database.ts';
import { listDecisions } from '../store/decision-store.ts';
import { lastEventSeq } from '../store/domain-event-store.ts';
import { getGoal } from '../store/goal-store.ts';
import { moveProposalWork } from '../store/link-proposal.ts';
import { placeProposal } from '../store/place-proposal.ts';
import { getProject } from '../store/project-store.ts';
import {
  countCards,
  countCardValues,
  countStages,
  listCards,
  listCardsById,
  listLanes,
} from '../store/proposal-card-store.ts';
import { stageLimit } from '../store/stage-limit.ts';
import { listPlanningTurns, planningCost } from '../store/planning-turn-store.ts';
import { insertPlanVersion, listPlanVersions } from '../store/proposal-plan-store.ts';
import { answerQuestion, insertQuestion, listQuestions } from '../store/proposal-qa-store.ts';
import { endPlanning, getProposal, insertProposal, updateProposal } from '../store/proposal-store.ts';
import { listRelatedProposals } from '../store/related-proposal-store.ts';
import { staleVersion } from '../store/row.ts';
import { listRunRowsOfProposal } from '../store/run-row-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { given } from './given.ts';
import { executePlan } from './execute-plan.ts';
import { planHeld } from './plan-held.ts';
import { ownerFingerprint } from './new-intent.ts';

const OWNER_RELEVANCE = 40;

export function proposalHandlers({
  store,
  clock,
}: ApiOptions): Pick<Handlers, `proposal.${string}` & keyof Handlers> {
  const detail = (read: Read, id: string): ProposalDetail => {
    const proposal = getProposal(read, id);
    return {
      proposal,
      plans: listPlanVersions(read, id),
      questions: listQuestions(read, id),
      planningTurns: listPlanningTurns(read, id, 6),
      planningCost: planningCost(read, id),
      planHeld: planHeld(read, proposal),
      decisions: listDecisions(read, 'proposal', id),
      runs: listRunRowsOfProposal(read, id),
      possible: actionsFrom(proposalMachine, proposal.stage).flatMap((action) => {
        const known = proposalDecision.safeParse(action);
        return known.success ? [known.data] : [];
      }),
    };
  };
  /** Changes something of one proposal and answers with what it has become. */
  const change = (id: string, work: (write: Write, proposal: Proposal) => void): Result<ProposalDetail> =>
    store.tryWrite((write) => {
      work(write, getProposal(write, id));
      return detail(write, id);
    });

  return {
    'proposal.board': ({ limit, ...input }) => {
      const filter = { ...input, now: clock.iso() };
      return ok(
        store.read((read) => {
          const whole = countStages(read);
          return {
            seq: lastEventSeq(read),
            columns: proposalStage.values.map((stage) => {
              const counted = countCards(read, stage, filter);
              return {
                stage,
                ...counted,
                whole: whole[stage],
                limit: stageLimit(read, stage),
                // Where nothing fits, looking for it would read the whole stage once more.
                cards:
                  counted.count === 0
                    ? []
                    : listCards(read, stage, filter, 0, Math.min(limit, counted.count)),
              };
            }),
          };
        }),
      );
    },
    'proposal.list': ({ stage, offset, limit, ...input }) => {
      const filter = { ...input, now: clock.iso() };
      return ok(
        store.read((read) => ({
          count: countCards(read, stage, filter).count,
          cards: listCards(read, stage, filter, offset, limit),
        })),
      );
    },
    'proposal.counts': (input) =>
      ok(store.read((read) => countCardValues(read, { ...input, now: clock.iso() }))),
    'proposal.lanes': ({ by, ...input }) =>
      ok(store.read((read) => listLanes(read, by, { ...input, now: clock.iso() }))),
    'proposal.cards': ({ ids }) => ok(store.read((read) => listCardsById(read, ids))),
    'proposal.get': ({ id }) => ok(store.read((read) => detail(read, id))),

    'proposal.related': ({ id }) =>
      ok(store.read((read) => listRelatedProposals(read, getProposal(read, id)))),

    'proposal.create': (input, { actor }) =>
      store.tryWrite((write) => {
        if (input.projectId !== null) getProject(write, input.projectId);
        if (input.goalId !== null) getGoal(write, input.goalId);
        const fingerprint = ownerFingerprint(input.projectId, input.title);
        const id = insertProposal(
          write,
          {
            ...input,
            source: 'owner',
            sourceRef: '',
            fingerprint,
            relevance: OWNER_RELEVANCE,
            parentId: null,
            expiresAt: null,
          },
          actor.name,
        );
        if (id === null)
          throw new FailureError({
            tag: 'already_proposed',
            message: 'A proposal with this title is here already.',
            hint: 'Open that one, or choose another title.',
          });
        return detail(write, id);
      }),

    'proposal.update': ({ id, version, fields }, { actor }) =>
      change(id, (write, before) => {
        if (fields.projectId) getProject(write, fields.projectId);
        if (fields.projectId !== undefined && fields.projectId !== before.projectId) mayChangeProject(before);
        if (fields.goalId) getGoal(write, fields.goalId);
        updateProposal(write, id, version, given(fields), actor.name);
        if (fields.goalId !== undefined)
          moveProposalWork(write, id, before.goalId, fields.goalId, actor.name);
      }),

    'proposal.place': ({ id, version, ...wanted }, { actor }) =>
      change(id, (write, proposal) => {
        placeProposal(write, proposal, version, wanted, actor.name);
      }),

    'proposal.decide': (input, context) =>
      change(input.id, (write, proposal) => {
        decideProposal(write, input, context.actor);
        if (input.action === 'execute') executePlan(write, proposal, input.execute ?? {}, context.actor);
      }),

    'proposal.snooze': ({ id, version, until }, { actor }) =>
      change(id, (write) => {
        updateProposal(write, id, version, { snoozedUntil: until }, actor.name);
      }),

    'proposal.ask': ({ id, question, required }, { actor }) =>
      change(id, (write, proposal) => {
        if (proposal.stage !== 'research')
          throw new FailureError({
            tag: 'not_in_research',
            message: 'Questions belong to the research stage.',
            hint: 'Choose Details first.',
          });
        insertQuestion(write, id, { question, required, askedBy: 'owner' }, actor.name);
      }),

    'proposal.askPlanner': ({ id }, { actor }) =>
      change(id, (write, proposal) => {
        askPlanner(write, proposal, actor);
      }),

    'proposal.answer': ({ id, questionId, answer }, { actor }) =>
      change(id, (write) => {
        answerQuestion(write, id, questionId, answer, actor.name);
      }),

    'proposal.cancelPlanning': ({ id }, { actor }) =>
      change(id, (write) => {
        if (!endPlanning(write, id, null, actor.name))
          throw new FailureError({
            tag: 'not_planning',
            message: 'No plan is being written for this proposal.',
            hint: 'It may have been finished just now; look again.',
          });
      }),

    'proposal.retryPlanning': ({ id }, { actor }) =>
      change(id, (write, proposal) => {
        retryPlanning(write, proposal, actor);
      }),

    'proposal.editPlan': ({ id, version, plan }, { actor }) =>
      change(id, (write, proposal) => {
        if (proposal.stage !== 'plan')
          throw new FailureError({
            tag: 'not_plannable',
            message: 'A plan can be written only in stage plan.',
            hint: 'Approve the idea, or generate the plan, first.',
          });
        if (proposal.version !== version) throw staleVersion('proposal');
        insertPlanVersion(write, id, version, { plan, writtenBy: actor.name, feedback: '' }, actor.name);
      }),
  };
}

/** Throws `project_stays` with the reason. */
function mayChangeProject(proposal: Proposal): void {
  const why = whyProjectStays(proposal);
  if (why !== null)
    throw new FailureError({
      tag: 'project_stays',
      message: `P-${String(proposal.number)} stays in its project. ${why}`,
      hint: 'Write an idea of your own for the other project.',
    });
}
