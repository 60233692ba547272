import { describe, expect, it } from 'vitest';
import { changesOf, draftFor, draftOf, readDraft, triggerOf, writeDraft } from './intent-draft.ts';
import type { Intent, Trigger } from './intent-types.ts';

const id = '019a0000-0000-7000-8000-000000000001';

function intentWith(trigger: Trigger): Intent {
  return {
    id,
    version: 3,
    name: 'Nightly',
    description: '',
    intentType: 'recurring',
    status: 'scheduled',
    query: 'Look after the tests',
    contextFiles: [],
    lane: '',
    executor: 'shell',
    model: null,
    trigger,
    execution: {
      v: 1,
      runType: 'agent',
      shellCommand: './nightly.sh',
      executorLabel: null,
      dryRun: false,
      verbose: false,
      budget: { steps: 8, durationMs: 1_200_000, tokens: 0, costMicroUsd: 0 },
      testCommand: null,
      metadata: {},
    },
    priority: 50,
    enabled: true,
    nextDueAt: null,
    misfirePolicy: 'run_once',
    misfireMaxAgeMs: null,
    misfireCap: 10,
    retryPolicy: { v: 1, count: 0, on: [], firstDelayMs: 0, factor: 2, mostDelayMs: 0, jitter: 'full' },
    source: 'user',
    sourceProposalId: null,
    goalId: null,
    projectId: id,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
}

function storage() {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, value: string) => void held.set(name, value),
    removeItem: (name: string) => void held.delete(name),
  };
}

const triggers: readonly Trigger[] = [
  { type: 'manual' },
  { type: 'immediate' },
  { type: 'once', at: '2027-03-01T09:30:00.000Z' },
  { type: 'cron', expression: '0 1 * * 1-5', zone: 'Europe/Berlin' },
  { type: 'cron', expression: '@daily', zone: null },
  { type: 'interval', everyMs: 5_400_000 },
  { type: 'interval', everyMs: 2 * 86_400_000 },
  { type: 'event', event: 'deploy.finished' },
  { type: 'event', event: `intent:${id}:failed` },
  { type: 'event', event: `project:${id}:moved`, paths: ['docs/**', 'src/*.ts'] },
];

describe('the draft of an intent', () => {
  it.each(triggers.map((trigger) => [JSON.stringify(trigger), trigger] as const))(
    'gives back the trigger it was made of: %s',
    (_, trigger) => {
      expect(triggerOf(draftOf(intentWith(trigger)), id)).toEqual(trigger);
    },
  );

  it('changes nothing while nothing was typed, not even the seconds of a time', () => {
    const intent = intentWith({ type: 'once', at: '2027-03-01T09:30:17.250Z' });
    const draft = draftOf(intent);
    const trigger = triggerOf(draft, id);
    expect(trigger && changesOf(draft, intent, trigger)).toEqual({});
  });

  it('sends only what was typed', () => {
    const intent = intentWith({ type: 'cron', expression: '0 1 * * *', zone: null });
    const draft = { ...draftOf(intent), name: ' Each night ', priority: '80', command: '' };
    const trigger = triggerOf(draft, id);
    expect(trigger && changesOf(draft, intent, trigger)).toEqual({
      name: 'Each night',
      priority: 80,
      shellCommand: null,
    });
  });

  it('has no trigger while what it needs is empty', () => {
    const draft = draftFor('new');
    expect(triggerOf({ ...draft, cron: ' ' }, id)).toBeNull();
    expect(triggerOf({ ...draft, type: 'interval', every: 'soon' }, id)).toBeNull();
    expect(triggerOf({ ...draft, type: 'once' }, id)).toBeNull();
    expect(triggerOf({ ...draft, type: 'event', event: 'project' }, undefined)).toBeNull();
  });

  it('is kept as what was typed, over what the intent says now', () => {
    const kept = storage();
    const before = draftOf(intentWith({ type: 'manual' }));
    writeDraft(kept, id, { ...before, query: 'Look closer' }, before);
    const now = { ...before, name: 'Renamed elsewhere' };
    expect(readDraft(kept, id, now)).toEqual({ ...now, query: 'Look closer' });
    writeDraft(kept, id, now, now);
    expect(kept.held.size).toBe(0);
  });

  it('begins afresh where what was kept cannot be read', () => {
    const kept = storage();
    kept.held.set('homer.draft.intent.new', '{"cron": 5, "query": "x", ');
    expect(readDraft(kept, 'new', draftFor('new'))).toEqual(draftFor('new'));
  });
});
