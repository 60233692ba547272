/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

// Every shape starts at a literal and every run is bounded or anchored, so that no text, however hostile, costs more than
// linear time. `(?<![\w-])` keeps a shape from starting inside a longer word.
const TOKENS = new RegExp(
  [
    'gh[pousr]_[A-Za-z0-9]{20,255}', // GitHub
    'github_pat_\\w{20,255}',
    'gl(?:pat|ptt|rt|dt|cbt|ft|soat|agent|imt|oas)-[\\w-]{16,255}(?:\\.[\\w.-]{2,64})?', // GitLab
    'sk-(?=[\\w-]{0,64}\\d)[\\w-]{20,255}', // OpenAI, Anthropic and those that copy the form
    '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,255}', // Stripe
    'whsec_[A-Za-z0-9+/=]{16,255}',
    '(?:gsk|hf)_[A-Za-z0-9]{20,255}', // Groq, Hugging Face
    'xai-[A-Za-z0-9]{20,255}',
    '(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{16}(?![A-Z0-9])', // AWS key ids
    'xox[abceoprs]-[A-Za-z0-9-]{10,255}', // Slack
    'xapp-\\d-[A-Za-z0-9-]{10,255}',
    'AIza[\\w-]{35}', // Google
    'ya29\\.[\\w-]{20,2048}',
    'GOCSPX-[\\w-]{20,64}',
    'eyJ[\\w-]{8,8192}\\.[\\w-]{8,8192}(?:\\.[\\w-]{0,8192})?', // JWT
    'npm_[A-Za-z0-9]{36}',
    'pypi-[\\w-]{40,512}',
    'dckr_pat_[\\w-]{20,64}',
    'do[opr]_v1_[a-f0-9]{64}',
    'SG\\.[\\w-]{16,64}\\.[\\w-]{16,64}', // SendGrid
    'tskey-[a-z]{2,16}-[\\w-]{10,128}',
    'AGE-SECRET-KEY-1[A-Z0-9]{40,80}',
    '\\d{8,10}:AA[\\w-]{30,40}', // Telegram bots
    '[MNO][A-Za-z\\d]{23,25}\\.[\\w-]{6}\\.[\\w-]{27,45}', // Discord bots
  ]
    .map((shape) => `(?<![\\w-])${shape}`)
    .join('|'),
  'g',
);
const WEBHOOK = /(?<=hooks\.slack\.com\/(?:services|workflows)\/)[A-Za-z0-9/_-]{10,255}/g;
const AUTHORIZATION =
  /(authorization\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?[A-Za-z]{1,16}[ \t]+)[^\s"'\\,]{6,8192}/gi;
const BEARER = /(?<![\w-])(bearer[ \t]+)[A-Za-z0-9._~+/-]{16,8192}={0,2}/gi;
const USERINFO = /(?<=:\/\/)(?:[^\s/@:"'\\<>]{0,256}:[^\s/@"'\\<>]{1,512}|[\w.-]{16,512})(?=@)/g;
const SECRET_NAME =
  '(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|secret[_-]?key|private[_-]?key|client[_-]?secret|credentials?)';
/** `name=value` as in a shell, a query or an .npmrc: no blanks, and not a variable or a placeholder. */
const BARE_ASSIGNMENT = new RegExp(`(${SECRET_NAME}=)(?![$<{[(\\\\"'])[^\\s"'&,;\\\\)]{4,4096}`, 'gi');
/** `name: "value"`, `"name":"value"`, also with the quotes escaped, as JSON inside JSON has them. */
const QUOTED_ASSIGNMENT = new RegExp(
  `(${SECRET_NAME}\\\\?["']?[ \\t]{0,8}[:=][ \\t]{0,8}\\\\?["'])(?![$<{])[^\\s"'\\\\]{4,4096}`,
  'gi',
);
/** `name: value` as in YAML; a digit tells a secret from a type or a word. */
const YAML_ASSIGNMENT = new RegExp(
  `(${SECRET_NAME}:[ \\t]{1,8})(?=[^\\s"'\\d]{0,64}\\d)(?![$<{[(])[^\\s"',;\\\\]{8,4096}`,
  'gi',
);
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^"]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?="|$))/g;
const KEY_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const KEY_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** What any assignment has; most text has none and skips those rules. */
const NAMED = /passw|passphrase|secret|token|[_-]?key|credential/i;

/** `text` with what looks like a secret replaced. Of use for one piece of text; a stream needs `createRedactor`. */
export function redact(text: string): string {
  let out = text;
  if (out.includes('PRIVATE KEY')) out = out.replace(PRIVATE_KEY, REDACTED);
  out = out.replace(TOKENS, REDACTED);
  if (out.includes('://')) out = out.replace(USERINFO, REDACTED);
  if (out.includes('hooks.slack')) out = out.replace(WEBHOOK, REDACTED);
  if (/authorization/i.test(out)) out = out.replace(AUTHORIZATION, `$1${REDACTED}`);
  if (/bearer/i.test(out)) out = out.replace(BEARER, `$1${REDACTED}`);
  if (NAMED.test(out)) {
    out = out
      .replace(BARE_ASSIGNMENT, `$1${REDACTED}`)
      .replace(QUOTED_ASSIGNMENT, `$1${REDACTED}`)
      .replace(YAML_ASSIGNMENT, `$1${REDACTED}`);
  }
  return out;
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

const SECRET_KEY = new RegExp(`${SECRET_NAME}$|^authorization$|^cookie$`, 'i');

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
