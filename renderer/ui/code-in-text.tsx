import { Mono } from './mono.tsx';
import { codeParts } from './code-parts.ts';

/** A line of plain text in which `backticks` set code apart, as planners and people write it. */
export function CodeInText({ children }: { readonly children: string }) {
  return codeParts(children).map(({ text, code }, index) => (code ? <Mono key={index}>{text}</Mono> : text));
}
