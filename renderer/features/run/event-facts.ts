import { formatDuration } from '../../ui/format-time.ts';
import type { RunEvent, RunStatus } from './run-types.ts';
import { strings } from './strings.ts';

const names: Readonly<Record<string, string>> = strings.inspector.facts;
/** Said by the row already, or of no use to a reader; the JSON has them. */
const left: ReadonlySet<string> = new Set(['on', 'step', 'stage']);

/** The payload of an event that has no look of its own, as a person would say it. */
export function eventFacts(event: RunEvent): readonly (readonly [name: string, value: string])[] {
  return Object.entries(event.payload).flatMap(([name, value]) => {
    if (value === null || value === '' || typeof value === 'object' || left.has(name)) return [];
    return [[names[name] ?? spaced(name), said(name, value)] as const];
  });
}

function said(name: string, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? strings.inspector.yes : strings.inspector.no;
  if (typeof value === 'number')
    return name.endsWith('Ms') ? formatDuration(value) : value.toLocaleString('en');
  if (name === 'from' || name === 'to')
    return value in strings.status ? strings.status[value as RunStatus] : value;
  if (name === 'actor') return strings.inspector.actors[value] ?? value;
  return value;
}

/** "baseCommit" as "Base commit": for what this version has no word for. */
function spaced(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
