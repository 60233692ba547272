import { dollars } from '../cost/cost-state.ts';
import type { BriefingFigures } from './briefing.ts';

/** What happened, in a few sentences that stand for themselves: what came of it first, then what it took. */
export function tellStory(figures: BriefingFigures, open: boolean): string[] {
  const { applied, completed, failed, given_up: givenUp, review, blocked, worked } = figures;
  const ends = [
    part(applied, 'was applied', 'were applied'),
    part(completed, 'came to an end with nothing to apply'),
    part(review, 'waits for your review', 'wait for your review'),
    part(blocked, 'waits for an answer', 'wait for an answer'),
    part(failed, 'failed'),
    part(givenUp, 'was given up', 'were given up'),
  ].filter((words) => words !== '');
  const sentences: string[] = [];
  if (worked > 0)
    sentences.push(
      `Agents worked for ${span(figures.workMs)} on ${count(worked, 'run')}${ends.length === 0 ? '; none has come to an end.' : '.'}`,
    );
  if (ends.length > 0) sentences.push(`${sentence(ends)}.`);
  if (figures.files > 0)
    sentences.push(
      `What was applied changed ${count(figures.files, 'file')}: ${count(figures.additions, 'line')} more, ${String(figures.deletions)} fewer.`,
    );
  if (figures.rolledBack > 0)
    sentences.push(`${count(figures.rolledBack, 'applied run')} taken out again: rolled back.`);
  if (figures.found > 0) sentences.push(`Homer found ${count(figures.found, 'idea')} worth a look.`);
  if (figures.decided > 0) sentences.push(`${count(figures.decided, 'decision')} made.`);
  const money = moneyWords(figures);
  if (money !== '') sentences.push(money);
  if (sentences.length === 0)
    sentences.push(
      open
        ? 'Quiet so far: nothing ran, and nothing new was found.'
        : 'A quiet night: nothing ran, and nothing new was found.',
    );
  return sentences;
}

function moneyWords({ costState, costMicroUsd, tokens }: BriefingFigures): string {
  const used = tokens > 0 ? `${thousands(tokens)} tokens` : '';
  switch (costState) {
    case 'none':
      return used === '' ? '' : `It used ${used}.`;
    case 'known':
      return `It cost ${dollars(costMicroUsd)}${used === '' ? '' : ` for ${used}`}.`;
    case 'partly':
      return `It cost ${dollars(costMicroUsd)} or more${used === '' ? '' : ` for ${used}`}: of some turns nobody said.`;
    case 'unknown':
      return `What it cost nobody said${used === '' ? '' : `; it used ${used}`}.`;
    case 'plan':
      return `Subscriptions paid for it${used === '' ? '' : `: ${used}`}.`;
  }
}

/** `3 h 12 min`, `8 min`, `40 s`. */
export function span(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  const rest = minutes % 60;
  return `${String(Math.floor(minutes / 60))} h${rest === 0 ? '' : ` ${String(rest)} min`}`;
}

export function thousands(n: number): string {
  if (n < 1_000) return String(n);
  if (n < 1_000_000) return `${(n / 1_000).toFixed(n < 10_000 ? 1 : 0)} k`;
  return `${(n / 1_000_000).toFixed(1)} M`;
}

function count(n: number, noun: string): string {
  return `${String(n)} ${noun}${n === 1 ? '' : 's'}`;
}

function part(n: number, one: string, many = one): string {
  return n === 0 ? '' : `${String(n)} ${n === 1 ? one : many}`;
}

function sentence(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
