import type { OutputOf } from '../../../preload/contract/operations.ts';
import { proposalStage } from '../../domain/proposal/stage.ts';
import { ask, refuse } from './ask.ts';
import type { CommandContext } from './io.ts';

/**
 * What a person may type for a thing: its id, a beginning of the id that fits one alone, its number (`P-12`, `#12`, `12`), or,
 * for projects and goals, its name. A number goes before a beginning of an id.
 */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const beginning = /^[0-9a-f-]{4,35}$/iu;
const page = 1_000;

export async function projectRef(context: CommandContext, ref: string): Promise<OutputOf<'project.get'>> {
  if (uuid.test(ref)) return ask(context, 'project.get', { id: ref });
  const all = await ask(context, 'project.list', {});
  const exact = all.filter((project) => project.name === ref || project.localPath === ref);
  const loose = exact.length ? exact : all.filter((project) => same(project.name, ref));
  return one(loose.length ? loose : startingWith(all, ref), 'project', ref);
}

/** An account by id, a beginning of it, its name, or `executor:name`. */
export async function accountRef(
  context: CommandContext,
  ref: string,
): Promise<OutputOf<'account.list'>[number]> {
  const all = await ask(context, 'account.list', {});
  const named = all.filter(
    (it) => it.id === ref || same(it.label, ref) || same(`${it.executor}:${it.label}`, ref),
  );
  return one(named.length > 0 ? named : startingWith(all, ref), 'account', ref);
}

export async function goalRef(context: CommandContext, ref: string): Promise<OutputOf<'goal.get'>> {
  if (uuid.test(ref)) return ask(context, 'goal.get', { id: ref });
  const all = await ask(context, 'goal.list', {});
  const named = all.filter((goal) => same(goal.title, ref));
  return one(named.length ? named : all.filter((goal) => shown(goal.id, ref)), 'goal', ref);
}

/** An intent by id, a beginning of it, the last eight of it as lists show it, or its name. */
export async function intentRef(
  context: CommandContext,
  ref: string,
): Promise<{ id: string; version: number; name: string }> {
  if (uuid.test(ref)) return (await ask(context, 'intent.get', { id: ref })).intent;
  const found: OutputOf<'intent.list'>['rows'] = [];
  for (let offset = 0; ; offset += page) {
    const { rows } = await ask(context, 'intent.list', { all: true, offset, limit: page });
    const named = rows.filter((intent) => same(intent.name, ref));
    found.push(...(named.length > 0 ? named : rows.filter((intent) => shown(intent.id, ref))));
    if (rows.length < page) break;
  }
  return one(found, 'intent', ref);
}

function shown(id: string, ref: string): boolean {
  return (
    beginning.test(ref) &&
    (id.startsWith(ref.toLowerCase()) || (ref.length >= 8 && id.endsWith(ref.toLowerCase())))
  );
}

export async function runRef(context: CommandContext, ref: string): Promise<string> {
  if (uuid.test(ref)) return ref;
  const number = numberOf(ref, /^#?(\d+)$/u);
  if (number !== undefined) {
    const { rows } = await ask(context, 'run.list', { before: number + 1, limit: 1 });
    if (rows[0]?.number === number) return rows[0].id;
  }
  const found: { id: string }[] = [];
  for (let before: number | undefined; ;) {
    const { rows } = await ask(context, 'run.list', {
      limit: page,
      ...(before === undefined ? {} : { before }),
    });
    const exact = rows.find((run) => run.number === number);
    if (exact) return exact.id;
    found.push(...startingWith(rows, ref));
    const last = rows.at(-1)?.number;
    if (rows.length < page || last === undefined || last === before) break;
    before = last;
  }
  return one(found, 'run', ref).id;
}

export async function proposalRef(context: CommandContext, ref: string): Promise<string> {
  if (uuid.test(ref)) return ref;
  const number = numberOf(ref, /^(?:p-?|#)?(\d+)$/iu);
  const found: { id: string }[] = [];
  for (const stage of proposalStage.values)
    for (let offset = 0; ;) {
      const { cards, count } = await ask(context, 'proposal.list', { stage, offset, limit: page });
      const exact = cards.find((card) => card.number === number);
      if (exact) return exact.id;
      found.push(...startingWith(cards, ref));
      offset += cards.length;
      if (cards.length === 0 || offset >= count) break;
    }
  return one(found, 'proposal', ref).id;
}

function numberOf(ref: string, form: RegExp): number | undefined {
  const number = Number(form.exec(ref)?.[1] ?? Number.NaN);
  return Number.isSafeInteger(number + 1) ? number : undefined;
}

function same(a: string, b: string): boolean {
  return a.localeCompare(b, 'en', { sensitivity: 'base' }) === 0;
}

function startingWith<R extends { id: string }>(rows: readonly R[], ref: string): R[] {
  return beginning.test(ref) ? rows.filter((row) => row.id.startsWith(ref.toLowerCase())) : [];
}

function one<R extends { id: string }>(found: readonly R[], noun: string, ref: string): R {
  const [first] = found;
  if (!first)
    return refuse({
      tag: 'not_found',
      message: `There is no ${noun} ${JSON.stringify(ref)}.`,
      hint: `\`homer ${noun} list\` shows what there is.`,
    });
  if (found.some((other) => other.id !== first.id))
    return refuse({
      tag: 'invalid_input',
      message: `${JSON.stringify(ref)} fits more than one ${noun}.`,
      hint: 'Type more of the id.',
    });
  return first;
}
