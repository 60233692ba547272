import { endianness } from 'node:os';

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/**
 * What tokens look like. Each is tried only where a word starts with the two characters given with it: a sweep of
 * all shapes over all text would cost ten times what the rest of reading a line does. Every run is bounded, so that no
 * text, however hostile, costs more than linear time.
 */
const SHAPES: readonly (readonly [starts: string, shape: string])[] = [
  ['gh', 'gh[pousr]_[A-Za-z0-9]{20,255}'],
  ['gi', 'github_pat_\\w{20,255}'],
  ['gl', 'gl(?:pat|ptt|rt|dt|cbt|ft|soat|agent|imt|oas)-[\\w-]{16,255}(?:\\.[\\w.-]{2,64})?'],
  ['sk', 'sk-(?=[\\w-]{0,64}\\d)[\\w-]{20,255}'],
  ['sk rk pk', '[srp]k_(?:live|test)_[A-Za-z0-9]{16,255}'],
  ['wh', 'whsec_[A-Za-z0-9+/=]{16,255}'],
  ['gs hf', '(?:gsk|hf)_[A-Za-z0-9]{20,255}'],
  ['xa', 'xai-[A-Za-z0-9]{20,255}|xapp-\\d-[A-Za-z0-9-]{10,255}'],
  ['xo', 'xox[abceoprs]-[A-Za-z0-9-]{10,255}'],
  ['AK AS AB AC AR AI', '(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{16}(?![A-Z0-9])'],
  ['AI', 'AIza[\\w-]{35}'],
  ['ya', 'ya29\\.[\\w-]{20,2048}'],
  ['GO', 'GOCSPX-[\\w-]{20,64}'],
  ['ey', 'eyJ[\\w-]{8,8192}\\.[\\w-]{8,8192}(?:\\.[\\w-]{0,8192})?'],
  ['np', 'npm_[A-Za-z0-9]{36}'],
  ['py', 'pypi-[\\w-]{40,512}'],
  ['dc', 'dckr_pat_[\\w-]{20,64}'],
  ['do', 'do[opr]_v1_[a-f0-9]{64}'],
  ['SG', 'SG\\.[\\w-]{16,64}\\.[\\w-]{16,64}'],
  ['ts', 'tskey-[a-z]{2,16}-[\\w-]{10,128}'],
  ['AG', 'AGE-SECRET-KEY-1[A-Z0-9]{40,80}'],
];
const TELEGRAM = /(?<![\w-])\d{8,10}:AA[\w-]{30,40}/g;
const DISCORD = /(?<![\w-])[MNO][A-Za-z\d]{23,25}\.[\w-]{6}\.[\w-]{27,45}/g;
/** The middle of such a token, which ordinary text seldom has. */
const DISCORD_DOTS = /\.[\w-]{6}\.[\w-]{27}/;
const TOKEN = new RegExp(SHAPES.map(([, shape]) => shape).join('|'), 'y');
const BEARER = /bearer[ \t]+([A-Za-z0-9._~+/-]{16,8192}={0,2})/iy;

const WORD = 1;
const DELIMITER = 2;
/** What a character is, by its code. */
const KIND = new Uint8Array(0x10000);
for (let code = 0; code < 128; code += 1) if (/[\w-]/.test(String.fromCharCode(code))) KIND[code] = WORD;
KIND[0x3a] = DELIMITER;
KIND[0x3d] = DELIMITER;
const LITTLE_ENDIAN = endianness() === 'LE';
const START_TOKEN = 1;
const START_BEARER = 2;
/** Whether a word that starts with two characters may be a token, by `first * 128 + second`. */
const STARTS = new Uint8Array(128 * 128);
for (const [starts] of SHAPES) for (const pair of starts.split(' ')) STARTS[pairOf(pair)] = START_TOKEN;
for (const pair of ['be', 'Be', 'BE']) STARTS[pairOf(pair)] = START_BEARER;

const USERINFO = /[^\s/@:"'\\<>]{0,256}:[^\s/@"'\\<>]{1,512}(?=@)|[\w.-]{16,512}(?=@)/y;
const WEBHOOK = /hooks\.slack\.com\/(?:services|workflows)\/([A-Za-z0-9/_-]{10,255})/y;
const SECRET_NAME =
  /(?:passw(?:or)?d|passphrase|secret|token|(?:api|access|account|secret|private|auth|encryption|signing)[_-]?key|credentials?|authorization)$/i;
/** The last two characters of those names, to look no further at all other names. */
const NAME_ENDS = new Uint8Array(128 * 128);
for (const [first = '', second = ''] of ['rd', 'wd', 'se', 'et', 'en', 'ey', 'al', 'ls', 'on'])
  for (const one of [first, first.toUpperCase()])
    for (const two of [second, second.toUpperCase()]) NAME_ENDS[pairOf(one + two)] = 1;
/** What may stand between a name and its `=` or `:`. */
const BETWEEN = new Uint8Array(0x10000);
for (const character of ' \t"\'\\') BETWEEN[character.charCodeAt(0)] = 1;
/** After `name=`, as in a shell, a query or an .npmrc: no blanks, and not a variable or a placeholder. */
const BARE_VALUE = /(?![$<{[(\\"'])([^\s"'&,;\\)]{4,4096})/y;
/** After `name: "`, `"name":"`, also with the quotes escaped, as JSON inside JSON has them. */
const QUOTED_VALUE = /[ \t]{0,8}\\?["'](?![$<{])([^\s"'\\]{4,4096})/y;
/** After `name:` as in YAML; a digit tells a secret from a type or a word. */
const YAML_VALUE = /[ \t]{1,8}(?=[^\s"'\d]{0,64}\d)(?![$<{[(])([^\s"',;\\]{8,4096})/y;
const AUTHORIZATION_VALUE = /[ \t]{0,4}\\?["']?[A-Za-z]{1,16}[ \t]{1,4}([^\s"'\\,]{6,8192})/y;
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^"]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?="|$))/g;
const KEY_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const KEY_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** `text` with what looks like a secret replaced. Of use for one piece of text; a stream needs `createRedactor`. */
export function redact(text: string): string {
  let out = text;
  if (out.includes('PRIVATE KEY')) out = out.replace(PRIVATE_KEY, REDACTED);
  if (out.includes(':AA')) out = out.replace(TELEGRAM, REDACTED);
  out = redactWords(out);
  return DISCORD_DOTS.test(out) ? out.replace(DISCORD, REDACTED) : out;
}

/** One pass: tokens where words start, and values where a name is followed by `=` or `:`. */
function redactWords(text: string): string {
  const codes = codesOf(text);
  let out = '';
  let copied = 0;
  const hide = (from: number, to: number): number => {
    out += text.slice(copied, from) + REDACTED;
    copied = to;
    return to;
  };
  for (let at = 0; at < text.length;) {
    const code = codes[at] ?? 0;
    const kind = KIND[code];
    if (kind === WORD) {
      const next = codes[at + 1] ?? 0;
      const start = next < 128 ? STARTS[code * 128 + next] : 0;
      if (start === START_TOKEN) {
        const end = endOf(TOKEN, text, at);
        if (end > 0) at = hide(at, end);
      } else if (start === START_BEARER) {
        const value = valueAt(BEARER, text, at);
        if (value) at = hide(value.from, value.to);
      }
      // The rest of the word.
      while (KIND[codes[at] ?? 0] === WORD) at += 1;
      continue;
    }
    if (kind === DELIMITER) {
      const value = valueAfter(text, codes, at, copied);
      if (value) {
        at = hide(value.from, value.to);
        continue;
      }
    }
    at += 1;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** Enough for a block of output. */
const SCRATCH = Buffer.allocUnsafe(2 * 65_537);

/**
 * The characters of `text` as numbers, and a zero behind them; good until the next call. Reading numbers takes half the time of asking a
 * text for each of its characters.
 */
function codesOf(text: string): Uint16Array {
  const bytes = 2 * (text.length + 1);
  const room = bytes <= SCRATCH.length ? SCRATCH : Buffer.allocUnsafe(bytes);
  const codes = new Uint16Array(room.buffer, room.byteOffset, text.length + 1);
  if (LITTLE_ENDIAN) room.write(text, 'utf16le');
  else for (let at = 0; at < text.length; at += 1) codes[at] = text.charCodeAt(at);
  codes[text.length] = 0;
  return codes;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const SLASH = 0x2f;

/** The secret that the `=` or `:` at `at` leads to. */
function valueAfter(text: string, codes: Uint16Array, at: number, least: number): Span | undefined {
  if (codes[at + 1] === SLASH && text.startsWith('://', at)) {
    const end = endOf(USERINFO, text, at + 3);
    return end > 0 ? { from: at + 3, to: end } : valueAt(WEBHOOK, text, at + 3);
  }
  let last = at - 1;
  while (last >= least && at - last < 8 && BETWEEN[codes[last] ?? 0] === 1) last -= 1;
  if (last < least + 1) return undefined;
  const [first, second] = [codes[last - 1] ?? 0, codes[last] ?? 0];
  if (first >= 128 || second >= 128 || NAME_ENDS[first * 128 + second] !== 1) return undefined;
  const name = SECRET_NAME.exec(text.slice(Math.max(least, last - 16), last + 1))?.[0];
  if (name === undefined) return undefined;
  if (name.toLowerCase() === 'authorization') {
    return valueAt(AUTHORIZATION_VALUE, text, at + 1);
  }
  const quoted = valueAt(QUOTED_VALUE, text, at + 1);
  if (quoted || last !== at - 1) return quoted;
  return valueAt(text.charAt(at) === '=' ? BARE_VALUE : YAML_VALUE, text, at + 1);
}

function endOf(shape: RegExp, text: string, at: number): number {
  shape.lastIndex = at;
  return shape.test(text) ? shape.lastIndex : 0;
}

/** Where the group of `shape`, which stands last in it, is. */
function valueAt(shape: RegExp, text: string, at: number): Span | undefined {
  shape.lastIndex = at;
  const value = shape.exec(text)?.[1];
  return value === undefined ? undefined : { from: shape.lastIndex - value.length, to: shape.lastIndex };
}

function pairOf(pair: string): number {
  return pair.charCodeAt(0) * 128 + pair.charCodeAt(1);
}

/** The end of some output: a private key whose beginning was cut off is a secret as well. */
export function redactTail(text: string): string {
  const end = lastMatch(KEY_END, text, firstIndex(KEY_BEGIN, text));
  return redact(end === undefined ? text : REDACTED + text.slice(end));
}

/**
 * Redacts a stream given in pieces that break between lines. The one secret that spans lines is a private key: while one is
 * open, what follows belongs to it, through as many pieces as it takes.
 */
export function createRedactor(): (piece: string) => string {
  let inKey = false;
  return (piece) => {
    let text = piece;
    if (inKey) {
      KEY_END.lastIndex = 0;
      const end = KEY_END.exec(text);
      if (!end) return '';
      inKey = false;
      text = text.slice(end.index + end[0].length);
    }
    if (text.includes('PRIVATE KEY')) {
      const begin = lastMatch(KEY_BEGIN, text, Number.POSITIVE_INFINITY);
      if (begin !== undefined) {
        // A quote closes a key that stands in JSON or in code, on its one line.
        KEY_END.lastIndex = begin;
        inKey = !KEY_END.test(text) && !text.slice(begin).includes('"');
      }
    }
    return redact(text);
  };
}

const SECRET_KEY = new RegExp(`${SECRET_NAME.source}|^cookie$`, 'i');

/** Every text within a JSON value put through `clean`; a text that stands under a secret's name is replaced whole. */
export function redactJson(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((item: unknown) => redactJson(item, clean));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      clean(key),
      typeof item === 'string' && item !== '' && SECRET_KEY.test(key) ? REDACTED : redactJson(item, clean),
    ]),
  );
}

function firstIndex(shape: RegExp, text: string): number {
  shape.lastIndex = 0;
  return shape.exec(text)?.index ?? Number.POSITIVE_INFINITY;
}

/** Where the last match that starts before `limit` ends. */
function lastMatch(shape: RegExp, text: string, limit: number): number | undefined {
  shape.lastIndex = 0;
  let end: number | undefined;
  for (let match = shape.exec(text); match && match.index < limit; match = shape.exec(text)) {
    end = match.index + match[0].length;
  }
  return end;
}
