import { inboxKind } from '../domain/inbox/inbox-item.ts';
import { proposalSource } from '../domain/source/source.ts';
import type { Read } from '../store/database.ts';
import { listOpenAsks } from '../store/run-ask-store.ts';
import type { StoredInboxItem } from '../store/inbox-store.ts';
import { listQuestions } from '../store/proposal-qa-store.ts';
import { getProposal } from '../store/proposal-store.ts';
import { getRun } from '../store/run-store.ts';

export interface NoticeText {
  readonly title: string;
  readonly body: string;
  /** Whether one text answers it: exactly one question is open. */
  readonly takesAnswer: boolean;
}

const MOST_BODY = 400;

/** What a notice says of an item: enough to decide. */
export function noticeText(read: Read, item: StoredInboxItem): NoticeText {
  const title = `${inboxKind.labels[item.kind]}: ${item.title}`;
  const text = (lines: readonly (string | null)[], more: Partial<NoticeText> = {}): NoticeText => ({
    title,
    body: lines
      .filter((line): line is string => line !== null && line.trim() !== '')
      .join('\n')
      .slice(0, MOST_BODY),
    takesAnswer: false,
    ...more,
  });
  if (item.kind === 'idea') {
    const { summary, source, sourceRef, relevance } = getProposal(read, item.entityId);
    return text([
      firstLine(summary),
      sourceRef,
      parts(proposalSource.labels[source], `relevance ${String(relevance)}/50`, item.projectName),
    ]);
  }
  if (item.kind === 'permission') {
    const [asked] = listOpenAsks(read, item.entityId);
    if (asked)
      return text([
        `${asked.tool}: ${asked.text}`,
        parts(`${asked.risk ?? ''} risk`, asked.riskNote, item.projectName),
      ]);
  }
  if (item.kind === 'plan') {
    const { plan, summary } = getProposal(read, item.entityId);
    if (plan)
      return text([
        firstLine(summary),
        parts(
          count(plan.steps.length, 'step'),
          `${plan.risk} risk`,
          `${plan.effort} effort`,
          plan.files.length > 0 ? count(plan.files.length, 'file') : null,
        ),
        item.projectName,
      ]);
  }
  if (item.kind === 'question') {
    const open = listQuestions(read, item.entityId).filter(({ answer }) => answer === null);
    return text(
      [
        open[0]?.question ?? item.detail,
        open.length > 1 ? `and ${count(open.length - 1, 'more question')}` : null,
        item.projectName,
      ],
      {
        takesAnswer: open.length === 1,
      },
    );
  }
  if (item.kind === 'review') {
    const run = getRun(read, item.entityId);
    const tests =
      run.testAfter === null ? 'no tests' : run.testAfter.exitCode === 0 ? 'tests pass' : 'tests fail';
    return text([item.detail, parts(tests, count(run.step, 'step')), item.projectName]);
  }
  return text([item.detail, item.projectName], { takesAnswer: item.kind === 'blocked' });
}

function parts(...all: readonly (string | null)[]): string {
  return all.filter((part) => part !== null && part !== '').join(' · ');
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.slice(0, 200) ?? '';
}

export function count(n: number, noun: string): string {
  return `${String(n)} ${noun}${n === 1 ? '' : 's'}`;
}
