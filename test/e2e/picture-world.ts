import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { OutputOf } from '../../preload/contract/operations.ts';
import type { RealHost } from './real-host.ts';

const todos: Readonly<Record<string, readonly string[]>> = {
  parser: [
    'Keep the order of results stable across pages',
    'Stream the input instead of reading whole files',
    'Name the line in every syntax error',
    'A trailing comma is read as an empty field',
    'Refuse an empty search term with a sentence',
    'Cover paths longer than 260 characters',
  ],
  'api-gateway': [
    'Close idle connections after ten minutes',
    'Retry requests that were rate limited, with jitter',
    'Return 404 instead of an empty page',
    'Validate webhook signatures before parsing',
    "The timezone of the billing report is the server's",
  ],
  'docs-site': [
    'Say in the page title which version this is',
    'Anchors break on headings with quotes',
    'Show which migration failed, and on which row',
  ],
};
/** What agents would do in these projects: one works for a while, one fails, and the demo project has its scripted agent. */
const commands: Readonly<Record<string, string>> = { 'api-gateway': 'sleep 300', 'docs-site': 'exit 1' };
const questions: readonly (readonly [idea: string, question: string])[] = [
  ['Retry requests', 'How long may one request be tried again?'],
  ['Stream the input', 'Which callers read the whole file today?'],
];
const planned = ['Return 404', 'Say in the page title', 'Name the line'];
const executed = ['joins every word', 'Anchors break', 'Validate webhook'];

/** Real projects, ideas, plans and runs for the pictures of the documentation; gives the id of a run that is ready to review. */
export async function fillForPictures(
  host: RealHost,
  folder: string,
  until: <T>(ask: () => Promise<T | undefined>) => Promise<T>,
): Promise<string> {
  const { call } = host;
  await call('project.addDemo', {});
  for (const [name, list] of Object.entries(todos)) {
    makeRepository(path.join(folder, name), list);
    const shellCommand = commands[name] ?? '';
    await call('project.add', {
      path: path.join(folder, name),
      name,
      testCommand: 'node --test',
      shellCommand,
    });
  }
  await call('worker.process', {});
  const wanted = Object.values(todos).flat().length + 2;
  const ideas = await until(async () => {
    const { cards } = await call<OutputOf<'proposal.list'>>('proposal.list', { stage: 'idea' });
    return cards.length >= wanted ? cards : undefined;
  });
  const idOf = (title: string): string => {
    const found = ideas.find((idea) => idea.title.includes(title));
    if (!found) throw new Error(`There is no idea with ${title} in its title.`);
    return found.id;
  };
  const read = (title: string) => call<OutputOf<'proposal.get'>>('proposal.get', { id: idOf(title) });
  const decide = async (title: string, action: string): Promise<void> => {
    const { proposal } = await read(title);
    await call('proposal.decide', { id: proposal.id, version: proposal.version, action });
  };

  for (const [idea, question] of questions) {
    await decide(idea, 'details');
    await call('proposal.ask', { id: idOf(idea), question, required: true });
  }
  await decide('A trailing comma', 'skip');
  for (const title of [...planned, ...executed]) await decide(title, 'approve');
  for (const title of executed) {
    await until(async () => ((await read(title)).possible.includes('execute') ? true : undefined));
    await decide(title, 'execute');
  }
  return until(async () => {
    const { rows } = await call<OutputOf<'run.list'>>('run.list', {});
    for (const { id, status } of rows) if (status === 'draft') await call('run.approve', { id });
    const settled = rows.length === executed.length && rows.every(({ status }) => status !== 'queued');
    return settled ? rows.find(({ status }) => status === 'review')?.id : undefined;
  });
}

function makeRepository(folder: string, list: readonly string[]): void {
  mkdirSync(path.join(folder, 'src'), { recursive: true });
  for (const [index, todo] of list.entries())
    writeFileSync(path.join(folder, 'src', `part-${String(index + 1)}.js`), `\n\n// TODO: ${todo}\n`);
  const git = (...words: string[]): void => {
    const who = ['-c', 'user.name=Homer', '-c', 'user.email=homer@example.org'];
    execFileSync('git', ['-C', folder, ...who, ...words], { stdio: 'ignore' });
  };
  git('init', '--initial-branch=main');
  git('add', '.');
  git('commit', '--message=Begin');
}
