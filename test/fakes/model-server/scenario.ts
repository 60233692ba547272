import { valueList, type ValueOf } from '../../../main/domain/value-list.ts';
import { schemaOf } from '../../../main/domain/list-schema.ts';

/** How the model server behaves for one base address, which names it: `http://127.0.0.1:<port>/s/edit;file=note.txt`. */
export const behaviour = valueList({
  text: 'Answers with some words.',
  edit: 'Calls a tool that writes a file, then answers.',
  shell: 'Calls a tool that runs a command, then answers.',
  tool: 'Calls the tool whose name ends as `tool` says, then answers.',
  loop: 'Calls a tool that runs a command, at every request.',
  form: 'Gives its text, an object in JSON, to the tool that takes the answer in a form; where there is none, it says it.',
  limited: 'Refuses with status 429.',
  unauthorised: 'Refuses with status 401.',
  broken: 'Fails with status 500.',
  hang: 'Takes the request and never answers.',
  drop: 'Begins to answer and breaks the connection.',
});
export type Behaviour = ValueOf<typeof behaviour>;

export interface Scenario {
  readonly name: Behaviour;
  /** What it says when it answers. */
  readonly text: string;
  /** The file that `edit` writes, below `cwd`, and what into it. */
  readonly file: string;
  readonly content: string;
  readonly cwd: string;
  /** The command of `shell` and `loop`. */
  readonly command: string;
  /** Why a command is to run outside of the program's sandbox, for a shell tool that takes that; empty: it stays inside. */
  readonly outside: string;
  /** The end of the name of the tool that `tool` calls. */
  readonly tool: string;
  /** Once the conversation holds these words, it answers as `text` does; empty: whatever it holds. */
  readonly unless: string;
  /** Seconds in the `retry-after` of a refusal; negative: no such header. */
  readonly retryAfter: number;
  /** After so many requests it answers as `text` does; 0: never. */
  readonly times: number;
  /** Tokens of input that are told for each request; a fifth of them come from a cache. */
  readonly tokens: number;
}

const DEFAULTS: Scenario = {
  name: 'text',
  text: 'Hello from the model server.\n\nTASK_STATE: DONE',
  file: 'written.txt',
  content: 'written by the model server\n',
  cwd: '',
  command: 'echo ran',
  outside: '',
  tool: '',
  unless: '',
  retryAfter: 0,
  times: 0,
  tokens: 1_000,
};

/** A scenario as it stands in an address. Throws on what it does not know: a misspelt test is to fail. */
export function parseScenario(spec: string): Scenario {
  const [name, ...parts] = spec.split(';');
  const scenario: Record<string, unknown> = { ...DEFAULTS, name: schemaOf(behaviour).parse(name) };
  for (const part of parts) {
    const [key = '', value = ''] = part.split('=', 2).map(decodeURIComponent);
    if (!(key in DEFAULTS)) throw new Error(`the model server knows no option ${key}`);
    scenario[key] = typeof scenario[key] === 'number' ? Number(value) : value;
  }
  return scenario as unknown as Scenario;
}

/** The part of an address that names a scenario. */
export function scenarioPath(scenario: Partial<Scenario> & { readonly name: Behaviour }): string {
  const { name, ...options } = scenario;
  const parts = Object.entries(options).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `/s/${[name, ...parts].join(';')}`;
}
