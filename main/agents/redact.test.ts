import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';
import { createRedactor, redact, redactJson, redactTail } from './redact.ts';

// Put together here, so that no scanner takes this file for a leak.
const long = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6';
const SECRETS: Record<string, string> = {
  'GitHub classic': `ghp_${long}`,
  'GitHub OAuth': `gho_${long}`,
  'GitHub server': `ghs_${long}`,
  'GitHub fine-grained': `github_pat_11ABCDEFG0${long}_${long}`,
  GitLab: `glpat-${long.slice(0, 20)}`,
  'GitLab runner': `glrt-${long.slice(0, 20)}`,
  OpenAI: `sk-proj-${long}${long}`,
  'OpenAI, old': `sk-${long}`,
  Anthropic: `sk-ant-api03-${long}-${long}AA`,
  'Stripe live': `sk_live_${long}`,
  AWS: 'AKIA' + 'Z7QWERTYUIOP3456',
  'Slack bot': `xoxb-123456789012-${long}`,
  'Slack app': `xapp-1-A0123-${long}`,
  Google: `AIza${long.slice(0, 35)}`,
  'Google OAuth': `ya29.${long}`,
  JWT: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${long}`,
  npm: `npm_${long}`,
  PyPI: `pypi-AgEIcHlwaS5vcmc${long}${long}`,
  'Hugging Face': `hf_${long}`,
  Telegram: `123456789:AA${long.slice(0, 33)}`,
  SendGrid: `SG.${long.slice(0, 22)}.${long}`,
  Docker: `dckr_pat_${long.slice(0, 27)}`,
};
const CONTEXTS: Record<string, [text: string, secret: string]> = {
  'a bearer header': [`Authorization: Bearer ${long}`, long],
  'a basic header': [`"authorization": "Basic ${long}=="`, long],
  'a password in an assignment': ['mysql --password=hunter2secret db', 'hunter2secret'],
  'a token in a query': ['GET /x?access_token=qwertyuiop&y=1', 'qwertyuiop'],
  'a secret in JSON': ['{"client_secret": "qwerty-uiop"}', 'qwerty-uiop'],
  'a secret in JSON in JSON': ['{"text":"{\\"api_key\\":\\"qwertyuiop\\"}"}', 'qwertyuiop'],
  'a secret in YAML': ['  db_password: pa55word-of-mine', 'pa55word-of-mine'],
  'an npmrc': ['//registry.example/:_authToken=qwertyuiop12', 'qwertyuiop12'],
  'a URL with a password': ['git clone https://me:qwertyuiop@example.org/x.git', 'qwertyuiop'],
  'a URL with a token': [`https://${long}@example.org/x.git`, long],
  'an AWS secret': [`AWS_SECRET_ACCESS_KEY=${long}/abc+x`, long],
};

describe('redaction', () => {
  it.each(Object.entries(SECRETS))('hides a token of %s wherever it stands', (_name, secret) => {
    for (const text of [secret, `a ${secret} b`, `x="${secret}"`, `(${secret})`, `url/${secret}?q`]) {
      expect(redact(text)).not.toContain(secret);
      expect(redact(text)).toContain('[redacted]');
    }
  });

  it.each(Object.entries(CONTEXTS))('hides %s', (_name, [text, secret]) => {
    expect(redact(text)).not.toContain(secret);
  });

  it('hides a token that colour codes cut in two', () => {
    expect(redact(cleanText(`ghp_${long.slice(0, 9)}\u001b[31m${long.slice(9)}`))).toBe('[redacted]');
  });

  it.each([
    'const token = nextToken(); // the token: a word',
    'password: string;',
    '{"tokensIn":1200,"max_tokens":4096}',
    'export TOKEN=$GITHUB_TOKEN',
    'a task-runner-with-a-long-kebab-name and sk-loading-container-wrapper',
    'https://example.org/a/b?c=d and me@example.org',
    'commit 3f786850e387550fdab836ed7e6dc881de23001b',
  ])('leaves ordinary text alone: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('keeps JSON valid around what it hides', () => {
    for (const [text] of Object.values(CONTEXTS)) {
      expect(() => void JSON.parse(redact(JSON.stringify({ text, key: SECRETS['OpenAI'] })))).not.toThrow();
    }
  });

  it('hides a private key that is spread over many pieces, and nothing after it', () => {
    const piece = createRedactor();
    const out = [
      piece('before'),
      piece('-----BEGIN RSA PRIVATE KEY-----\nMIIEow'),
      piece('IBAAKCAQEA7'),
      piece('x\n-----END RSA PRIVATE KEY-----\nafter'),
      piece('later'),
    ].join('|');
    expect(out).toBe('before|[redacted]||\nafter|later');
  });

  it('hides the rest of a private key whose beginning was cut off', () => {
    expect(redactTail('IBAAKCAQEA7\n-----END PRIVATE KEY-----\nok')).toBe('[redacted]\nok');
  });

  it('hides what stands under the name of a secret in a JSON value', () => {
    expect(redactJson({ a: [{ password: 'x', note: `ghp_${long}` }], tokens: 3 }, redact)).toEqual({
      a: [{ password: '[redacted]', note: '[redacted]' }],
      tokens: 3,
    });
  });

  it.each([
    ['letters', 'a'.repeat(1_000_000)],
    ['starts of JWTs', 'eyJ-'.repeat(250_000)],
    ['starts of URLs', 'a://'.repeat(250_000)],
    ['starts of keys', '-----BEGIN PRIVATE KEY-----'.repeat(40_000)],
    ['names', 'token: '.repeat(150_000)],
    ['key starts', 'sk-'.repeat(330_000)],
  ])('takes linear time over a megabyte of %s', (_name, text) => {
    const began = performance.now();
    redact(text);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
