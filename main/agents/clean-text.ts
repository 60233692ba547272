/** No text of an event is longer than this, in bytes of UTF-8. */
export const TEXT_LIMIT = 64 * 1024;

const SUSPECT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\udb40]/;
/** OSC, DCS and the like up to their terminator; CSI; then any other escape. One left open ends with its line. */
const ESCAPES =
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)?|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[ -/]*[0-~]?/g;
/**
 * What is left of control characters, the marks that turn the direction of text around so that it reads as something else, and the
 * invisible letters (U+E0000 on) that only a model reads.
 */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\udb40[\udc00-\udc7f]/g;
/** Line breaks of other conventions: some views break there, others do not. */
const SEPARATORS = /[\u2028\u2029]/g;
const OVERWRITTEN = /^[^\n]*\r/gm;

/** Text as a person would have read it on a terminal: no escapes, no control characters, a rewritten line as it last stood. */
export function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  if (!SUSPECT.test(whole)) return whole;
  let out = whole.replace(ESCAPES, '').replace(SEPARATORS, '\n');
  if (out.includes('\r')) out = out.replace(/\r+(?=\n|$)/g, '').replace(OVERWRITTEN, '');
  return out.replace(CONTROLS, '');
}

/** At most `limit` bytes of `text`, cut between characters, saying how much is missing. */
export function boundText(text: string, limit: number = TEXT_LIMIT): string {
  if (text.length * 3 <= limit) return text;
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= limit) return text;
  const cut = characterBoundary(bytes, limit - 64);
  return `${bytes.toString('utf8', 0, cut)}… [${String(bytes.length - cut)} bytes left out]`;
}

/** The last place at or before `at` where a UTF-8 character does not continue. */
export function characterBoundary(bytes: Buffer, at: number): number {
  let cut = at;
  for (let back = 0; back < 3 && cut > 0 && ((bytes[cut] ?? 0) & 0xc0) === 0x80; back += 1) cut -= 1;
  return cut;
}
