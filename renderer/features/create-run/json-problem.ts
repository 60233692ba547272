export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  /** What is wrong, in a sentence. */
  readonly message: string;
}

class Stop extends Error {
  readonly index: number;
  constructor(index: number, message: string) {
    super(message);
    this.index = index;
  }
}

/** Where a text stops being a JSON object, and why; undefined when it is one. Engines word and place this differently, so it is found here. */
export function jsonProblem(text: string): JsonProblem | undefined {
  try {
    readDocument(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const before = text.slice(0, error.index).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message: error.message };
  }
}

function readDocument(text: string): void {
  let at = 0;
  const stop = (message: string, index = at): never => {
    throw new Stop(index, message);
  };
  const seen = (): string => {
    const char = text[at];
    return char === undefined ? 'the end' : char === '\n' ? 'the end of the line' : `“${char}”`;
  };
  const space = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at += 1;
  };
  const string = (): void => {
    const start = at;
    at += 1;
    for (;;) {
      const char = text[at];
      if (char === undefined || char === '\n') stop('This text has no closing quote.', start);
      if (char === '"') break;
      if ((char ?? '') < ' ')
        stop('A text cannot hold a control character; write it as an escape such as \\t.');
      if (char === '\\') {
        const escape = /^\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/.exec(text.slice(at, at + 6));
        if (!escape) stop('This escape is not one JSON knows.');
        at += escape?.[0].length ?? 1;
      } else at += 1;
    }
    at += 1;
  };
  const value = (depth: number): void => {
    if (depth > 200) stop('This is nested too deeply.');
    space();
    const char = text[at];
    if (char === '{') object(depth);
    else if (char === '[') list(depth);
    else if (char === '"') string();
    else if (char === "'") stop('Texts take double quotes.');
    else {
      const word = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/.exec(
        text.slice(at, at + 400),
      );
      if (!word) stop(`A value is expected here, not ${seen()}.`);
      at += word?.[0].length ?? 1;
    }
  };
  /** What follows an entry: true when another one does. */
  const another = (end: '}' | ']', what: string): boolean => {
    space();
    if (text[at] === end) {
      at += 1;
      return false;
    }
    if (text[at] !== ',') stop(`A comma or “${end}” is expected after this ${what}, not ${seen()}.`);
    at += 1;
    space();
    if (text[at] === end) stop('There is a comma too many before this.');
    return true;
  };
  const object = (depth: number): void => {
    at += 1;
    space();
    if (text[at] === '}') {
      at += 1;
      return;
    }
    do {
      space();
      if (text[at] !== '"') stop(`A name in double quotes is expected here, not ${seen()}.`);
      string();
      space();
      if (text[at] !== ':') stop(`A colon is expected after the name, not ${seen()}.`);
      at += 1;
      value(depth + 1);
    } while (another('}', 'value'));
  };
  const list = (depth: number): void => {
    at += 1;
    space();
    if (text[at] === ']') {
      at += 1;
      return;
    }
    do value(depth + 1);
    while (another(']', 'entry'));
  };

  space();
  if (text[at] !== '{') stop(`Metadata is an object: it begins with “{”, not ${seen()}.`);
  object(0);
  space();
  if (at < text.length) stop(`Nothing may follow the object, but ${seen()} does.`);
}
