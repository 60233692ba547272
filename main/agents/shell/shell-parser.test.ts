import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runEventPayloads, type NewRunEvent } from '../../domain/run/run-event.ts';
import { createShellParser } from './shell-parser.ts';

function parse(lines: readonly string[], code = 0) {
  const parser = createShellParser(2);
  const events: NewRunEvent[] = [];
  for (const text of lines) {
    parser.line({ stream: 'stdout', text, dropped: 0 }, (event) => events.push(event));
  }
  return { events, ending: parser.ending({ code, signal: null }) };
}

it('takes the last TASK_STATE line, and none for a command that says nothing', () => {
  expect(parse(['TASK_STATE: CONTINUE', 'TASK_STATE: DONE']).ending.taskState).toBe('done');
  expect(parse(['\u001b[1mTASK_STATE: BLOCKED: Which?\u001b[0m']).ending).toMatchObject({
    taskState: 'blocked',
    message: 'Which?',
  });
  expect(parse(['all good']).ending).toMatchObject({ taskState: 'none', message: 'all good' });
  expect(parse(['the TASK_STATE: DONE line is missing']).ending.taskState).toBe('none');
});

it('never throws, keeps what it does not understand as text, and emits only what the schemas allow', () => {
  const good = [
    '{"homer":"file_change","path":"a","change":"added","additions":1,"deletions":0}',
    '{"homer":"tool_call","id":"1","tool":"t","input":{"a":[1,null,"x"]}}',
    '{"homer":"usage","tokensIn":1,"tokensOut":2}',
    'TASK_STATE: BLOCKED: why',
  ];
  const mutated = fc
    .tuple(fc.constantFrom(...good), fc.nat(), fc.nat(5), fc.string({ unit: 'binary', maxLength: 4 }))
    .map(([line, at, cut, put]) => {
      const from = at % (line.length + 1);
      return line.slice(0, from) + put + line.slice(from + cut);
    });
  fc.assert(
    fc.property(mutated, (line) => {
      const { events } = parse([line]);
      expect(events).toHaveLength(1);
      const event = events[0]!;
      expect(runEventPayloads[event.type].safeParse(event.payload).success).toBe(true);
      if (event.type === 'output') expect(event.payload.text).toBe(line);
    }),
    { numRuns: 5_000 },
  );
  const deep = `{"homer":"tool_call","tool":"t","input":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  expect(parse([deep]).events[0]!.type).toBe('output');
});
