import {
  Bot,
  CircleHelp,
  FileDiff,
  FileSearch,
  Flag,
  FlaskConical,
  FolderGit2,
  GitMerge,
  Hammer,
  Hourglass,
  LifeBuoy,
  Lightbulb,
  MessageSquare,
  Milestone,
  OctagonX,
  Play,
  RotateCw,
  Scissors,
  ShieldCheck,
  ShieldX,
  SquareTerminal,
  TriangleAlert,
  Undo2,
  UserRound,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import { formatDuration } from '../../ui/format-time.ts';
import type { GlyphShape, Tone } from '../../ui/status-glyph.tsx';
import { plainText } from './plain-text.ts';
import { runLook } from './run-look.ts';
import { firstLine, number, outputText, records, text, texts, violations } from './event-payload.ts';
import type { RunEvent, RunStatus } from './run-types.ts';
import { strings } from './strings.ts';
import { tellingTestLine } from './telling-test-line.ts';
import type { Entry, FoldEntry } from './timeline-entry.ts';
import { toolSummary, toolTarget, type ToolKind } from './tool-call.ts';

/** How a row of the timeline is drawn and worded. */
export interface EntryLook {
  readonly icon: LucideIcon;
  readonly tone: Tone;
  readonly title: string;
  /** Second, quieter part of the line. */
  readonly detail: string;
  /** The title is a path, a command or a tool. */
  readonly mono?: boolean;
  /** Drawn instead of the icon: a state of the run. */
  readonly shape?: GlyphShape;
}

const words = strings.timeline;
/** States in which a run waits for its owner. */
export const waitsForYou: ReadonlySet<string> = new Set(['draft', 'blocked', 'review']);
const foldTargets = 3;
const stageTones: Readonly<Record<string, Tone>> = {
  passed: 'success',
  inherited: 'success',
  blocked: 'attention',
};

export function entryLook(entry: Entry): EntryLook {
  const first = entry.events[0];
  const last = entry.events.at(-1);
  const tone: Tone = entry.failed ? 'danger' : 'neutral';
  const look = (icon: LucideIcon, title: string, detail = '', rest: Partial<EntryLook> = {}): EntryLook => ({
    icon: entry.failed ? OctagonX : icon,
    tone,
    title,
    detail,
    ...rest,
  });
  switch (entry.kind) {
    case 'step': {
      const number = words.step(entry.step ?? 0);
      // A title that only repeats the number says nothing.
      const title = entry.title === '' || entry.title === number ? number : `${number} · ${entry.title}`;
      return {
        icon: Play,
        tone: 'neutral',
        title,
        detail: entry.failedAt.length > 0 ? words.failures(entry.failedAt.length) : '',
      };
    }
    case 'fold':
      return look(Wrench, foldTitle(entry.counts, entry.items.length), foldDetail(entry));
    case 'gap':
      return look(
        Hourglass,
        entry.status === null ? words.idle : (words.waited[entry.status] ?? words.idle),
        '',
        entry.status !== null && waitsForYou.has(entry.status) ? { tone: 'attention' } : {},
      );
    case 'missing':
      return look(TriangleAlert, words.missing(entry.count), words.missingHint, { tone: 'attention' });
    default:
  }
  if (!first || !last) return look(MessageSquare, '');
  switch (entry.kind) {
    case 'message':
      return look(MessageSquare, firstLine(plainText(text(first, 'text'))));
    case 'reasoning':
      return look(Lightbulb, firstLine(plainText(text(first, 'text'))));
    case 'tool':
      return look(
        Wrench,
        text(first, 'tool') || strings.timeline.calls(1),
        entry.failed ? `${toolSummary(first)} · ${firstLine(text(last, 'output'))}` : toolSummary(first),
        { mono: true },
      );
    case 'file':
      return look(FileDiff, text(first, 'path'), fileDetail(entry.events), { mono: true });
    case 'output':
      return look(SquareTerminal, words.output(countLines(entry.events)), lastLine(outputText(last)));
    case 'test': {
      const before = text(first, 'when') === 'before';
      if (entry.open)
        return look(FlaskConical, words.testsRunning(before), text(first, 'command'), { tone: 'running' });
      const code = number(last, 'exitCode') ?? null;
      return look(
        FlaskConical,
        `${words.testsRunning(before)} ${words.testResult(code)}`,
        text(last, 'note') || tellingTestLine(text(last, 'output'), code === 0) || text(last, 'command'),
        { tone: entry.failed ? 'danger' : code === 0 ? 'success' : 'neutral' },
      );
    }
    case 'setup':
      return look(Hammer, words.setup, text(first, 'command'), entry.open ? { tone: 'running' } : {});
    case 'process':
      return look(
        Bot,
        text(first, 'program') || text(last, 'classified'),
        entry.open
          ? `pid ${String(number(first, 'pid') ?? '')}`
          : words.exit(number(last, 'exitCode') ?? null),
        { mono: true },
      );
    case 'policy': {
      const bad = violations(first);
      const notices = violations(first, 'notices').length;
      return entry.failed
        ? look(ShieldX, words.policyBad(bad.length), bad.map((each) => each.path).join(', '))
        : look(
            ShieldCheck,
            words.policyOk(texts(first, 'changedPaths').length),
            notices > 0 ? words.policyNotices(notices) : '',
          );
    }
    case 'checkpoint':
      return look(Flag, words.checkpoint(number(first, 'step') ?? 0), text(first, 'commit').slice(0, 8));
    case 'directive':
      return look(
        UserRound,
        words.directive,
        [firstLine(plainText(text(first, 'text'))), ...(entry.open ? [words.unread] : [])].join(' · '),
        entry.open ? { shape: 'dashed' } : {},
      );
    case 'question':
      return look(CircleHelp, words.asked, firstLine(plainText(text(first, 'text'))), {
        tone: 'attention',
        shape: 'diamond',
      });
    case 'answer':
      return look(UserRound, words.answered, firstLine(plainText(text(first, 'text'))));
    case 'permission': {
      const outcome = text(first, 'outcome');
      return look(
        CircleHelp,
        `${(words.permission as Partial<Record<string, string>>)[outcome] ?? outcome}: ${text(first, 'tool')}`,
        firstLine(text(first, 'text')),
        outcome === 'asked' ? { tone: 'attention' } : undefined,
      );
    }
    case 'retry':
      return look(
        RotateCw,
        first.payload['afterMs'] === undefined
          ? words.retry
          : words.retryAfter(formatDuration(number(first, 'afterMs') ?? 0)),
        text(first, 'reason'),
      );
    case 'error':
      return look(OctagonX, firstLine(text(first, 'message')), text(first, 'tag'));
    case 'status': {
      const to = text(first, 'to') as RunStatus;
      const known = to in strings.status;
      return look(Play, known ? strings.status[to] : to, text(first, 'reason'), {
        tone: known ? runLook(to).tone : 'neutral',
        ...(known ? { shape: runLook(to).shape } : {}),
      });
    }
    case 'attempt':
      return look(RotateCw, words.attempt(number(first, 'attempt') ?? 1), firstLine(text(first, 'feedback')));
    case 'worktree':
      return look(FolderGit2, words.worktree, text(first, 'branch'));
    case 'applied':
      return look(GitMerge, words.applied(text(first, 'target')), appliedAs(first), {
        tone: 'success',
      });
    case 'rolled_back':
      return look(Undo2, words.rolledBack(text(first, 'target')), text(first, 'commit').slice(0, 8));
    case 'stage_started': {
      const needs = texts(first, 'needs');
      const title = text(first, 'title');
      return look(
        Milestone,
        `${words.stage(entry.stage)} ${words.stageBegins}`,
        [
          title === entry.stage ? '' : title,
          text(first, 'role'),
          needs.length > 0 ? words.stageOn(needs) : '',
        ]
          .filter((part) => part !== '')
          .join(' · '),
      );
    }
    case 'stage_ended': {
      const result = text(first, 'result');
      return look(
        Milestone,
        `${words.stage(entry.stage)} ${words.stageEnds[result] ?? result}`,
        text(first, 'reason'),
        { tone: entry.failed ? 'danger' : (stageTones[result] ?? 'neutral') },
      );
    }
    case 'joined': {
      const conflicts = texts(first, 'conflicts');
      return look(
        GitMerge,
        conflicts.length > 0 ? words.notJoined(texts(first, 'of')) : words.joined(texts(first, 'of')),
        conflicts.length > 0
          ? `${words.conflicts(conflicts.length)} · ${conflicts.join(', ')}`
          : words.joinedFor(entry.stage),
        conflicts.length > 0 ? { tone: 'attention' } : {},
      );
    }
    case 'dry_run':
      return look(FileSearch, words.dryRun, words.dryRunSteps(records(first, 'steps').length));
    case 'recovered':
      return look(LifeBuoy, words.recovered, text(first, 'note'));
    case 'capped':
      return look(Scissors, words.capped, text(first, 'note'));
    case 'quiet':
      return look(Hourglass, words.quiet(number(first, 'minutes') ?? 0), '', { tone: 'attention' });
  }
}

function foldTitle(counts: Readonly<Partial<Record<ToolKind, number>>>, items: number): string {
  const calls = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return calls === 0 ? words.thoughts(items) : words.calls(calls);
}

/** What kinds of calls, and on what: equal names are told apart by their paths. */
function foldDetail({ counts, items }: FoldEntry): string {
  const kinds = Object.entries(counts).map(
    ([kind, count]) => `${String(count)} ${words.kinds[kind as ToolKind]}`,
  );
  const targets = new Set<string>();
  for (const { kind, events } of items) {
    if (targets.size === foldTargets) break;
    const target = kind === 'tool' && events[0] ? toolTarget(events[0]) : '';
    if (target !== '') targets.add(target);
  }
  return [kinds.join(', '), [...targets].join(', ')].filter((part) => part !== '').join(' · ');
}

function fileDetail(events: readonly RunEvent[]): string {
  const sum = (field: string): number =>
    events.reduce((total, event) => total + (number(event, field) ?? 0), 0);
  const change = text(events.at(-1) as RunEvent, 'change');
  return `+${String(sum('additions'))} −${String(sum('deletions'))}${change === 'modified' ? '' : ` ${change}`}`;
}

function countLines(events: readonly RunEvent[]): number {
  return events.reduce((total, event) => total + Math.max(1, outputText(event).split('\n').length - 1), 0);
}

function lastLine(output: string): string {
  return output.trimEnd().slice(-400).split('\n').at(-1)?.trim() ?? '';
}

/** The commit that brought it in, and what of the result stayed away. */
function appliedAs(event: RunEvent): string {
  const leftOut = records(event, 'leftOut').length;
  const commit = text(event, 'commit').slice(0, 8);
  return leftOut === 0 ? commit : `${commit} · ${words.leftOut(leftOut)}`;
}
