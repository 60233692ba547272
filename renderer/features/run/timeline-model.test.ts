import { describe, expect, test } from 'vitest';
import { runScript, typicalRun, workflowRun } from '../../../test/fixtures/run-timeline.ts';
import { createTimeline } from './timeline-model.ts';
import { timelineCounts } from './timeline-counts.ts';
import { rowIndex, timelineRows, type TimelineFilter } from './timeline-rows.ts';
import type { RunEvent } from './run-types.ts';

const none: ReadonlySet<TimelineFilter> = new Set();
function rowsOf(events: readonly RunEvent[], toggled: readonly string[] = [], filters = none) {
  const timeline = createTimeline();
  timeline.append(events);
  return timelineRows(timeline, new Set(toggled), filters);
}
const kinds = (events: readonly RunEvent[], toggled?: readonly string[]) =>
  rowsOf(events, toggled).map((row) => `${'  '.repeat(row.depth)}${row.entry.kind}`);

describe('the timeline of a run', () => {
  test('groups what happened in a step under it, with its duration', () => {
    const script = runScript()
      .add('step_started', { step: 1, of: 8, title: 'Extract queue' })
      .add('message', { step: 1, text: 'Going.' })
      .add('checkpoint', { step: 1, commit: 'abc' })
      .add('step_ended', { step: 1, result: 'done', durationMs: 1500 });
    const [head] = rowsOf(script.events);
    expect(kinds(script.events)).toEqual(['step', '  message', '  checkpoint']);
    expect(head?.entry).toMatchObject({ title: 'Extract queue', open: false });
    expect((head?.entry.until ?? 0) - (head?.entry.at ?? 0)).toBe(1500);
  });

  test('shows no row for the lines by which an agent reports to the runtime', () => {
    const script = runScript()
      .add('step_started', { step: 1, of: 8, title: 'One' })
      .add('output', { step: 1, stream: 'stdout', text: 'TASK_STATE: DONE' })
      .add('output', { step: 1, stream: 'stdout', text: 'hello\nTASK_STATE: CONTINUE\n' });
    const rows = rowsOf(script.events);
    expect(rows.map((row) => row.entry.kind)).toEqual(['step', 'output']);
    expect(rows[1]?.entry.events).toHaveLength(1);
  });

  test('hides what a closed step holds', () => {
    const script = runScript()
      .add('step_started', { step: 1, of: 8, title: 'One' })
      .add('message', { step: 1, text: 'Going.' });
    expect(kinds(script.events, ['e1'])).toEqual(['step']);
  });

  test('folds consecutive tool calls and counts them by kind', () => {
    const script = runScript().add('step_started', { step: 1, of: 8, title: 'One' });
    for (let call = 0; call < 9; call += 1) script.call(`r${String(call)}`, 'read_file', { path: 'a.ts' });
    for (let call = 0; call < 5; call += 1) script.call(`e${String(call)}`, 'edit_file', { path: 'a.ts' });
    const rows = rowsOf(script.events);
    expect(rows).toHaveLength(2);
    expect(rows[1]?.entry).toMatchObject({ kind: 'fold', counts: { read: 9, edit: 5 }, open: false });
    expect(kinds(script.events, ['fe2'])).toHaveLength(2 + 14);
  });

  test('never folds a call that failed, wherever it stood', () => {
    const script = runScript()
      .add('step_started', { step: 1, of: 8, title: 'One' })
      .call('a', 'read_file', { path: 'a.ts' })
      .call('b', 'read_file', { path: 'b.ts' })
      .call('c', 'shell', { command: 'cat c.ts' }, false)
      .call('d', 'read_file', { path: 'd.ts' })
      .call('e', 'read_file', { path: 'e.ts' });
    expect(kinds(script.events)).toEqual(['step', '  fold', '  tool', '  fold']);
    expect(rowsOf(script.events)[2]?.entry.failed).toBe(true);
    expect(rowsOf(script.events)[0]?.entry).toMatchObject({ failedAt: [expect.any(Number)] });
  });

  test('takes a call out of its fold when the failure comes after later calls have joined', () => {
    const script = runScript().add('step_started', { step: 1, of: 8, title: 'One' });
    for (const id of ['a', 'b', 'c', 'd']) script.add('tool_call', { step: 1, id, tool: 'read', input: {} });
    script.add('tool_result', { step: 1, id: 'b', ok: false, output: 'gone' });
    script.add('tool_result', { step: 1, id: 'd', ok: true, output: 'fine' });
    script.add('tool_result', { step: 1, id: 'c', ok: false, output: 'gone too' });
    const rows = rowsOf(script.events);
    expect(rows.map((row) => [row.entry.kind, row.entry.failed])).toEqual([
      ['step', false],
      ['tool', false],
      ['tool', true],
      ['tool', true],
      ['tool', false],
    ]);
    expect(rows[4]?.entry.open).toBe(false);
  });

  test('joins a result to its call though a message came between', () => {
    const script = runScript()
      .add('tool_call', { step: 1, id: 'a', tool: 'shell', input: { command: 'ls' } })
      .add('message', { step: 1, text: 'While that runs…' })
      .add('tool_result', { step: 1, id: 'a', ok: true, output: 'x' });
    expect(kinds(script.events)).toEqual(['tool', 'message']);
    expect(rowsOf(script.events)[0]?.entry).toMatchObject({ open: false });
  });

  test('shows a result whose call lies before what was read', () => {
    const script = runScript().add('tool_result', { step: 1, id: 'a', ok: false, output: 'gone' });
    expect(rowsOf(script.events)[0]?.entry).toMatchObject({ kind: 'tool', failed: true });
  });

  test('makes one row of the start and the end of the tests', () => {
    const script = runScript().add('test_started', { step: 1, command: 'npm test', when: 'after' }).add(
      'test_ended',
      {
        step: 1,
        when: 'after',
        command: 'npm test',
        exitCode: 1,
        durationMs: 4000,
        note: null,
        output: '',
      },
      4000,
    );
    const rows = rowsOf(script.events);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.entry).toMatchObject({ kind: 'test', failed: true, open: false });
  });

  test('does not call a test that fails before any work a failure', () => {
    const script = runScript().add('test_ended', {
      step: 0,
      when: 'before',
      command: 'npm test',
      exitCode: 1,
      durationMs: 1,
      note: null,
      output: '',
    });
    expect(rowsOf(script.events)[0]?.entry.failed).toBe(false);
  });

  test('adds up the changes of one file within a step', () => {
    const script = runScript().add('step_started', { step: 1, of: 8, title: 'One' });
    for (const path of ['a.ts', 'b.ts', 'a.ts'])
      script.add('file_change', { step: 1, path, change: 'modified', additions: 2, deletions: 1 });
    const rows = rowsOf(script.events);
    expect(rows.map((row) => row.entry.kind)).toEqual(['step', 'file', 'file']);
    expect(rows[1]?.entry.events).toHaveLength(2);
  });

  test('joins output into chunks and starts another after other things', () => {
    const script = runScript();
    for (let line = 0; line < 900; line += 1)
      script.add('output', { step: 1, stream: 'stdout', text: 'x\n' }, 1);
    script.add('message', { step: 1, text: 'm' }).add('output', { step: 1, stream: 'stdout', text: 'y\n' });
    expect(kinds(script.events)).toEqual(['output', 'output', 'output', 'message', 'output']);
  });

  test('folds idle time and says what was waited for', () => {
    const script = runScript()
      .status('running', 'blocked')
      .after(180_000)
      .add('answer', { text: 'Yes', actor: 'owner' })
      .after(200_000)
      .add('message', { step: 1, text: 'm' });
    const gaps = rowsOf(script.events).flatMap((row) => (row.entry.kind === 'gap' ? row.entry : []));
    expect(gaps.map((gap) => [gap.status, Math.round(((gap.until ?? 0) - gap.at) / 1000)])).toEqual([
      ['blocked', 181],
      ['blocked', 201],
    ]);
  });

  test('leaves short silence of work alone', () => {
    const script = runScript()
      .status('queued', 'running')
      .after(60_000)
      .add('message', { step: 1, text: 'm' });
    expect(kinds(script.events)).toEqual(['status', 'message']);
  });

  test('says how many events are missing', () => {
    const script = runScript().add('message', { step: 1, text: 'a' });
    const late = { ...script.add('message', { step: 1, text: 'b' }).events[1], seq: 9 } as RunEvent;
    expect(rowsOf([script.events[0] as RunEvent, late])[1]?.entry).toMatchObject({
      kind: 'missing',
      count: 7,
    });
  });

  test('passes over what it has already', () => {
    const { events } = runScript()
      .add('message', { step: 1, text: 'a' })
      .add('message', { step: 1, text: 'b' });
    const timeline = createTimeline();
    timeline.append(events);
    timeline.append(events);
    expect(timelineRows(timeline, new Set(), none)).toHaveLength(2);
  });

  test('comes to the same rows whether events arrive one by one or all at once', () => {
    const events = typicalRun(4, 20);
    const timeline = createTimeline();
    for (const event of events) timeline.append([event]);
    expect(timelineRows(timeline, new Set(), none)).toEqual(rowsOf(events));
  });

  test('filters to what was asked for and keeps the steps it belongs to', () => {
    const rows = rowsOf(typicalRun(2), [], new Set<TimelineFilter>(['errors']));
    expect(rows.map((row) => row.entry.kind)).toEqual(['step', 'tool', 'test', 'step', 'tool']);
  });

  test('finds a chosen call again after it joined a fold', () => {
    const script = runScript().call('a', 'read', {});
    const timeline = createTimeline();
    timeline.append(script.events);
    timeline.append(script.call('b', 'read', {}).events);
    expect(rowIndex(timelineRows(timeline, new Set(), none), 'e1')).toBe(0);
  });

  test('does not do more work per event as a run grows', () => {
    const cost = (count: number): number => {
      const script = runScript();
      script.add('step_started', { step: 1, of: 8, title: 'One' });
      for (let call = 0; call < count; call += 1) script.call(String(call), 'read', { path: 'a' });
      const timeline = createTimeline();
      const before = process.cpuUsage();
      for (const event of script.events) timeline.append([event]);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / count;
    };
    // Time of the processor, not of the clock: and the least of several, since the rest is what else the machine was doing.
    const least = (count: number): number => Math.min(...Array.from({ length: 5 }, () => cost(count)));
    least(1_000);
    // Rebuilding from zero would make the run of twenty times as many cost twenty times as much for each.
    expect(least(20_000)).toBeLessThan(10 * Math.max(least(1_000), 0.001));
  });

  test('keeps stages that work side by side apart, each event in the step of its own stage', () => {
    const rows = rowsOf(workflowRun());
    const under = (stage: string) =>
      rows.filter((row) => row.depth === 1 && row.entry.stage === stage).map((row) => row.entry.kind);
    expect(under('api')).toEqual(['tool', 'policy', 'checkpoint']);
    expect(under('ui')).toEqual(['tool']);
    expect(under('docs')).toEqual(['quiet', 'capped']);
    const steps = rows.filter((row) => row.entry.kind === 'step');
    expect(steps.map((row) => row.entry.stage)).toEqual(['plan', 'api', 'ui', 'docs']);
    // They overlap: none ended because another one began.
    expect(steps[3]?.entry.at).toBeLessThan(steps[1]?.entry.until ?? 0);
  });

  test('counts as many rows as each filter shows', () => {
    const timeline = createTimeline();
    timeline.append(typicalRun(3));
    const counts = timelineCounts(timeline);
    for (const filter of ['messages', 'files', 'tests', 'checkpoints'] as const)
      expect(counts[filter]).toBe(
        timelineRows(timeline, new Set(), new Set([filter])).filter(({ entry }) => entry.kind !== 'step')
          .length,
      );
    expect(counts.flags).toBe(3);
    expect(counts.errors).toBe(timeline.failures.length);
  });

  test('keeps a directive open until a step reads it', () => {
    const script = runScript()
      .add('step_started', { step: 1, of: 8, title: 'One' })
      .add('directive', { text: 'Keep it small.', actor: 'owner' });
    const directive = () => rowsOf(script.events).find(({ entry }) => entry.kind === 'directive')?.entry;
    expect(directive()).toMatchObject({ open: true, until: null });
    script.add('step_started', { step: 2, of: 8, title: 'Two' }, 4_000);
    expect(directive()?.open).toBe(false);
    expect((directive()?.until ?? 0) - (directive()?.at ?? 0)).toBe(4_000);
  });

  test('leaves the question and its answer to tell that a run was blocked and went on', () => {
    const script = runScript()
      .add('question', { step: 1, text: 'Which one?' })
      .status('running', 'blocked')
      .add('answer', { text: 'The first.', actor: 'owner' }, 60_000)
      .status('blocked', 'queued')
      .status('queued', 'running');
    expect(kinds(script.events)).toEqual(['question', 'gap', 'answer', 'status']);
  });

  test('counts a stage that failed among the failures, and one that passed not', () => {
    const timeline = createTimeline();
    timeline.append(workflowRun());
    const failed = timeline.slots.filter(({ entry }) => timeline.failures.includes(entry.key));
    expect(failed.map(({ entry }) => [entry.kind, entry.stage])).toEqual([['stage_ended', 'docs']]);
  });
});
