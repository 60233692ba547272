/** A secret on its way to where it is used. It shows itself to nobody who does not ask: not to a log, JSON or a template. */
export interface SecretValue {
  reveal(): string;
}

const SHOWN = '[secret]';

export function secretValue(text: string): SecretValue {
  return Object.freeze({
    reveal: () => text,
    toJSON: () => SHOWN,
    toString: () => SHOWN,
    [Symbol.for('nodejs.util.inspect.custom')]: () => SHOWN,
  });
}
