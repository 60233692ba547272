/**
 * Text from outside as inert text: terminal sequences (CSI, OSC with its links and titles, other escapes), control characters and
 * bidirectional overrides are taken out; tabs become spaces, line ends stay. What an agent or a repository wrote can then neither
 * move the cursor nor show something other than it says.
 */
export function plainText(text: string): string {
  return text
    .replaceAll(/(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?/gu, '')
    .replaceAll(/(?:\u001b[PX^_]|[\u0090\u0098\u009e\u009f])[^\u001b\u009c]*(?:\u001b\\|\u009c)?/gu, '')
    .replaceAll(/(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?/gu, '')
    .replaceAll(/\u001b[ -/]*[0-~]?/gu, '')
    .replaceAll('\t', '  ')
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu,
      '',
    );
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plainText(text)
    .replaceAll(/\s*\n\s*/gu, ' ')
    .trim();
}
