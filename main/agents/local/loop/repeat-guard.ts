/** Small models may do one thing over and over: they are told so, and then ended. */
export interface RepeatGuard {
  /** What to do with a call: `run` it, `refuse` it with a word of advice, or `stop` the turn. */
  judge(tool: string, input: string): 'run' | 'refuse' | 'stop';
}

/** So often the same call in a row is done, and so often it is asked for before the turn ends. */
const DONE = 3;
const ASKED = 6;

export function createRepeatGuard(): RepeatGuard {
  let last = '';
  let times = 0;
  return {
    judge(tool, input) {
      const call = `${tool}\n${input}`;
      times = call === last ? times + 1 : 1;
      last = call;
      return times <= DONE ? 'run' : times < ASKED ? 'refuse' : 'stop';
    },
  };
}
