import { plainLine } from '../plain-text.ts';
import type { Paint, Style } from './paint.ts';

const styles: Readonly<Record<string, Style>> = { warn: 'yellow', error: 'red', debug: 'dim' };

/** A line of the log file as a value; one that was cut short comes as text. */
export function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    // The first line after a rotation, or one that was being written.
    return { message: line };
  }
}

/** A line of the log file for people: time, level, message, fields. */
export function logLine(line: string, paint: Paint): string {
  const entry = parsedLine(line) as Record<string, unknown>;
  const { at = '', level = '', message = '', ...fields } = entry;
  const style = styles[String(level)];
  const rest = Object.entries(fields)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  const word = plainLine(String(level).padEnd(5));
  return `${paint('dim', plainLine(String(at)))} ${style ? paint(style, word) : word} ${plainLine(String(message))}${rest ? ` ${paint('dim', plainLine(rest))}` : ''}`;
}
