/** Where a room says what happened. Fields are plain JSON; secrets never go in. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A log of JSON lines, one object each: `at`, `level`, `message`, then the fields. */
export function createJsonLog(options: {
  iso: () => string;
  write: (line: string) => void;
  minimum?: LogLevel;
}): Log {
  const least = LOG_LEVELS.indexOf(options.minimum ?? 'info');
  const at =
    (level: LogLevel) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      if (LOG_LEVELS.indexOf(level) < least) return;
      options.write(JSON.stringify({ at: options.iso(), level, message, ...fields }) + '\n');
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A log that keeps nothing; for tests that do not look at it. */
export function createSilentLog(): Log {
  const none = (): void => undefined;
  return { debug: none, info: none, warn: none, error: none };
}
