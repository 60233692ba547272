import type { Run } from './send-command.ts';

/**
 * The same command again, before the first was answered, is a second press of the same key or button: it is not sent, and answers quietly that it
 * is under way. A button is busy meanwhile and shows it; a key is not, so Ctrl+Enter pressed twice made two proposals.
 */
export function onlyOnce(run: Run): Run {
  const underWay = new Set<string>();
  return async (name, input, options) => {
    const press = JSON.stringify([name, input]);
    if (underWay.has(press))
      return { ok: false, error: { tag: 'under_way', message: 'This is under way already.' } };
    underWay.add(press);
    try {
      return await run(name, input, options);
    } finally {
      underWay.delete(press);
    }
  };
}
