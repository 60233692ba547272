import { labels } from '../../../preload/contract/labels.ts';
import type { GlyphShape, Tone } from '../../ui/status-glyph.tsx';
import { runLook } from '../run/run-look.ts';
import type { LinkedIntent, LinkedProposal } from './goal-types.ts';
import { strings } from './strings.ts';

export interface Outcome {
  readonly shape: GlyphShape;
  readonly tone: Tone | undefined;
  readonly label: string;
}

function runOutcome(run: LinkedIntent['run']): Outcome | undefined {
  if (!run) return undefined;
  if (run.rolledBack) return { shape: 'square', tone: 'neutral', label: strings.rolledBack };
  return runLook(run.status);
}

const stageShapes = {
  idea: 'dashed',
  research: 'dashed',
  plan: 'dashed',
  approved: 'check',
  archived: 'square',
  rejected: 'square',
} as const;

/** What became of a proposal: how its newest run stands, else how far it has come. */
export function proposalOutcome({ run, stage }: LinkedProposal): Outcome {
  return runOutcome(run) ?? { shape: stageShapes[stage], tone: undefined, label: labels.stage[stage] };
}

export function intentOutcome({ run, status }: LinkedIntent): Outcome {
  return (
    runOutcome(run) ?? {
      shape: 'dashed',
      tone: undefined,
      label: status === 'pending' ? strings.noRun : labels.intentStatus[status],
    }
  );
}
