import { NONE, valuesOf, type BoardField, type BoardFilter } from '../../domain/proposal/board-filter.ts';
import { given, someOf, text, type Options, type OptionSpec } from './command.ts';
import type { CommandContext } from './io.ts';
import { goalRef, projectRef } from './refs.ts';

type Listed = Exclude<BoardField, 'goal' | 'project'>;

const said: Readonly<Record<Listed, string>> = {
  waits: 'by who has the next move',
  priority: 'by priority',
  source: 'by where they came from',
  risk: 'by the risk of the plan',
  effort: 'by the effort of the plan',
  relevance: 'by relevance',
  age: 'by how long they have been in their stage',
};
const listed = Object.keys(said) as Listed[];

/** The same filter that the board has: of each option any of its values, of all options together every one. */
export const cardFilterOptions: readonly OptionSpec[] = [
  { flags: '--project <project>', description: `of one project; \`${NONE}\` for those of no project` },
  { flags: '--goal <goal>', description: `for one goal; \`${NONE}\` for those without a goal` },
  ...listed.map((field) => ({
    flags: `--${field} <${field}>`,
    description: `${said[field]}: ${valuesOf(field).join(', ')}`,
    parse: someOf(valuesOf(field)),
  })),
  { flags: '--search <words>', description: 'that mention these words' },
];

export async function cardFilter(context: CommandContext, options: Options): Promise<BoardFilter> {
  const project = text(options, 'project');
  const goal = text(options, 'goal');
  // Each option has read its own values by its list.
  const chosen = Object.fromEntries(listed.map((field) => [field, options[field]])) as BoardFilter;
  return given({
    ...chosen,
    project: project === undefined ? undefined : [await idOf(project, context, projectRef)],
    goal: goal === undefined ? undefined : [await idOf(goal, context, goalRef)],
    search: text(options, 'search'),
  });
}

async function idOf(
  ref: string,
  context: CommandContext,
  find: (context: CommandContext, ref: string) => Promise<{ readonly id: string }>,
): Promise<string> {
  return ref === NONE ? NONE : (await find(context, ref)).id;
}
