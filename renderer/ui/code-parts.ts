export interface TextPart {
  readonly text: string;
  readonly code: boolean;
}

/** Takes `code` in backticks out of a text; a backtick without its second one is a backtick. */
export function codeParts(text: string): readonly TextPart[] {
  return text
    .split(/(`[^`\n]+`)/u)
    .filter((part) => part !== '')
    .map((part) =>
      /^`[^`]+`$/u.test(part) ? { text: part.slice(1, -1), code: true } : { text: part, code: false },
    );
}
