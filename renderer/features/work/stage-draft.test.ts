import { expect, it } from 'vitest';
import { firstStages, moveStage, stageProblem, stagesOf, withStage, withoutStage } from './stage-draft.ts';

it('sends stages with ids made of their titles, and with what each of them needs', () => {
  const stages = withStage(firstStages).map((stage) => ({ ...stage, title: stage.title || 'Review it' }));
  expect(stagesOf('workflow', stages)).toEqual([
    { id: 'do-the-work', title: 'Do the work', role: 'coder' },
    { id: 'review-it', title: 'Review it', role: 'reviewer', needs: ['do-the-work'] },
    { id: 'review-it-2', title: 'Review it', needs: ['review-it'] },
  ]);
  expect(stagesOf('pipeline', stages).every((stage) => !('needs' in stage))).toBe(true);
});

it('forgets a need with the stage that is removed, and keeps it when a stage moves', () => {
  expect(withoutStage(firstStages, '1')).toMatchObject([{ key: '2', needs: [] }]);
  expect(moveStage(firstStages, '2', -1).map(({ key }) => key)).toEqual(['2', '1']);
  expect(moveStage(firstStages, '1', -1)).toEqual(firstStages);
});

it('says what is wrong before anything is sent: no title, too many steps, a circle', () => {
  const [first, second] = firstStages;
  expect(stageProblem('workflow', firstStages)).toBeUndefined();
  expect(stageProblem('pipeline', [])).toBe('Add at least one stage.');
  expect(stageProblem('pipeline', withStage(firstStages))).toBe('Give stage 3 a title.');
  expect(stageProblem('pipeline', [{ ...first!, steps: '51' }])).toBe('Stage 1 may take from 1 to 50 steps.');
  expect(stageProblem('workflow', [{ ...first!, needs: ['2'] }, second!])).toMatch(/cycle/u);
});
