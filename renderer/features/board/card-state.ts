import { labels } from '../../../preload/contract/labels.ts';
import type { ProposalCard } from '../../client/patch.ts';
import type { GlyphShape, Tone } from '../../ui/status-glyph.tsx';
import type { ProposalDecision } from '../../../preload/contract/moves.ts';
import { strings as proposalStrings } from '../proposal/strings.ts';
import { strings } from './strings.ts';

export interface CardState {
  /** Undefined for an idea: nothing has happened to it. */
  readonly glyph: { readonly shape: GlyphShape; readonly tone?: Tone; readonly label: string } | undefined;
  readonly needsYou: boolean;
  readonly evidence: string;
  /** What a run changed; the line under the evidence. */
  readonly result?: string | undefined;
}

const words = strings.evidence;
type RunStatus = NonNullable<ProposalCard['run']>['status'];

const runShape: Record<RunStatus, GlyphShape> = {
  draft: 'diamond',
  queued: 'dashed',
  running: 'spinner',
  validating: 'spinner',
  blocked: 'diamond',
  paused: 'pause',
  review: 'diamond',
  applied: 'check',
  completed: 'check',
  discarded: 'square',
  failed: 'octagon',
  timeout: 'octagon',
  stopped: 'square',
  rejected: 'square',
};

/** What a card says beside its title: one shape, one line of evidence, and whether it waits for its owner. `unsent`: a decision that nobody could be told yet. */
export function cardState(card: ProposalCard, unsent?: ProposalDecision): CardState {
  const state = byStage(card);
  if (unsent !== undefined) {
    const label = words.unsent(proposalStrings.decision[unsent].replace('…', ''));
    return { glyph: { shape: 'hourglass', label }, needsYou: false, evidence: label };
  }
  if (card.snoozedUntil === null) return state;
  return {
    glyph: { shape: 'hourglass', label: words.snoozed },
    needsYou: false,
    evidence: `${words.snoozed} · ${state.evidence}`,
  };
}

function byStage(card: ProposalCard): CardState {
  switch (card.stage) {
    case 'research':
      if (card.planning === 'planning')
        return { glyph: { shape: 'spinner', label: words.asking }, needsYou: false, evidence: words.asking };
      return card.openQuestions > 0
        ? needsYou(words.asks(card.openQuestions))
        : {
            glyph: { shape: 'check', tone: 'neutral', label: strings.ready },
            needsYou: false,
            evidence: words.answered,
          };
    case 'plan':
      return planState(card);
    case 'approved':
      return runState(card.run);
    case 'idea':
    case 'archived':
    case 'rejected':
      return { glyph: undefined, needsYou: false, evidence: origin(card) };
  }
}

function planState(card: ProposalCard): CardState {
  if (card.planning === 'planning')
    return { glyph: { shape: 'spinner', label: words.planning }, needsYou: false, evidence: words.planning };
  if (card.planning === 'failed')
    return {
      glyph: { shape: 'octagon', label: words.planFailed },
      needsYou: true,
      evidence: words.planFailed,
    };
  if (card.planSteps === null || card.planRisk === null)
    return { glyph: { shape: 'dashed', label: words.noPlan }, needsYou: false, evidence: words.noPlan };
  return needsYou(words.plan(card.planSteps, labels.risk[card.planRisk]));
}

function runState(run: ProposalCard['run']): CardState {
  if (!run) return { glyph: { shape: 'dashed', label: words.noRun }, needsYou: false, evidence: words.noRun };
  const label = run.rolledBack ? words.rolledBack : labels.runStatus[run.status];
  const shape = run.rolledBack ? 'square' : runShape[run.status];
  const facts = [label.toLowerCase()];
  if (shape === 'spinner') facts.push(words.step(run.step, run.maxSteps));
  if (run.testExit !== null && shape !== 'spinner')
    facts.push(run.testExit === 0 ? words.testsPass : words.testsFail);
  else if (!run.hasTests && ['review', 'applied', 'completed'].includes(run.status))
    facts.push(words.noTests);
  const next = run.rolledBack ? words.applyAgain : words.next[run.status];
  if (next !== undefined) facts.push(next);
  return {
    glyph: { shape, label },
    needsYou: shape === 'diamond',
    evidence: facts.join(' · '),
    result: run.filesChanged > 0 ? words.files(run.filesChanged, run.additions, run.deletions) : undefined,
  };
}

function needsYou(evidence: string): CardState {
  return { glyph: { shape: 'diamond', label: strings.needsYou }, needsYou: true, evidence };
}

function origin(card: ProposalCard): string {
  const kind = labels.source[card.source];
  // The file name says more than the folders before it.
  const place = card.sourceRef.split('/').at(-1) ?? '';
  return place === '' ? kind : `${kind} · ${place}`;
}
