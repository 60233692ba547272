import type { JsonObject } from '../domain/primitives.ts';
import type { ChangeStory } from '../domain/run/change-story.ts';
import type { Checkpoint } from '../domain/run/run.ts';
import type { RunEvent, RunEventType } from '../domain/run/run-event.ts';

/** What of a timeline tells why files changed. */
export const tellingTypes: readonly RunEventType[] = [
  'step_started',
  'message',
  'tool_call',
  'file_change',
  'policy_checked',
];

const MOST_WORDS = 600;
const TEXT = 400;
const MOST_LINES = 40;
const written = ['new_string', 'new_str', 'new_text', 'content', 'file_text', 'text', 'patch', 'diff'];

/** Puts the changed paths of each step beside its title, and beside each edit of a file what the agent had said before it. */
export function tellChanges(
  events: readonly RunEvent[],
  checkpoints: readonly Checkpoint[],
  worktree: string | null,
): ChangeStory {
  const titles = new Map<string, string>();
  const firstWords = new Map<string, string>();
  /** By stage: what was said last. */
  const said = new Map<string, { text: string; seq: number }>();
  const words = new Map<string, ChangeStory['words'][number]>();
  const note = (event: RunEvent, path: string, lines: string[]): void => {
    const before = said.get(text(event.payload, 'stage'));
    if (!before || path === '') return;
    const shown = relative(path, worktree);
    const key = `${shown} ${String(before.seq)}`;
    const known = words.get(key);
    const all = [...(known?.lines ?? []), ...lines].slice(0, MOST_LINES);
    words.set(key, { path: shown, text: before.text, seq: before.seq, step: stepOf(event), lines: all });
  };
  for (const event of events) {
    const stage = text(event.payload, 'stage');
    const key = `${stage} ${String(stepOf(event))}`;
    switch (event.type) {
      case 'step_started':
        titles.set(key, text(event.payload, 'title'));
        firstWords.delete(key);
        said.delete(stage);
        break;
      case 'message': {
        const shown = plain(text(event.payload, 'text'));
        if (shown === '') break;
        said.set(stage, { text: shown, seq: event.seq });
        if (!firstWords.has(key)) firstWords.set(key, shown);
        break;
      }
      case 'tool_call': {
        const { input } = event.payload;
        if (typeof input !== 'object' || input === null || Array.isArray(input)) break;
        const lines = writtenLines(input);
        if (lines.length > 0)
          note(event, text(input, 'file_path') || text(input, 'path') || text(input, 'file'), lines);
        break;
      }
      case 'file_change':
        note(event, text(event.payload, 'path'), []);
        break;
      // What comes after it tells of the step as a whole.
      case 'policy_checked':
        said.delete(stage);
        break;
      default:
    }
  }
  return {
    steps: checkpoints
      .filter(({ changedPaths }) => changedPaths.length > 0)
      .toSorted((a, b) => a.attempt - b.attempt || a.step - b.step)
      .map(({ attempt, step, stage, changedPaths }) => {
        const key = `${stage} ${String(step)}`;
        return {
          attempt,
          step,
          stage,
          title: titleOf(titles.get(key), firstWords.get(key), step),
          paths: changedPaths,
        };
      }),
    words: [...words.values()].slice(-MOST_WORDS),
  };
}

/** A step that is only numbered is named by what the agent said first in it. */
function titleOf(title: string | undefined, words: string | undefined, step: number): string {
  const number = `Step ${String(step)}`;
  if (title !== undefined && title !== '' && title !== number) return title;
  const [first = ''] = (words ?? '').split(/\n|(?<=[.!?]) /u);
  return first === '' ? number : first.slice(0, 90);
}

function writtenLines(input: JsonObject): string[] {
  const edits = Array.isArray(input['edits']) ? input['edits'] : [];
  const texts = [input, ...edits].flatMap((part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? written.map((field) => text(part, field))
      : [],
  );
  return texts
    .flatMap((each) => each.split('\n'))
    .map((line) => line.trim().slice(0, 200))
    .filter((line) => line.length >= 4)
    .slice(0, MOST_LINES);
}

/** Without what is meant for Homer, and of a length for the margin. */
function plain(words: string): string {
  const kept = words
    .split('\n')
    .filter((line) => !line.trim().startsWith('TASK_STATE'))
    .join('\n')
    .trim();
  return kept.length > TEXT ? `${kept.slice(0, TEXT - 1).trimEnd()}…` : kept;
}

function relative(path: string, worktree: string | null): string {
  const slashed = path.replaceAll('\\', '/');
  const root = worktree === null ? null : `${worktree.replaceAll('\\', '/')}/`;
  return root !== null && slashed.startsWith(root)
    ? slashed.slice(root.length)
    : slashed.replace(/^\.\//u, '');
}

function stepOf({ payload }: RunEvent): number {
  return typeof payload['step'] === 'number' ? payload['step'] : 0;
}

function text(of: JsonObject, field: string): string {
  const value = of[field];
  return typeof value === 'string' ? value : '';
}
