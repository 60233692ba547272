import type { TurnClass } from './runner.ts';

type Failed = Extract<
  TurnClass,
  'rate_limited' | 'auth' | 'network' | 'context_overflow' | 'session_unknown' | 'refused'
>;

/** Words of programs and providers, the surest first. A program's own fields go before them: they are asked when there is none. */
const WORDS: readonly (readonly [Failed, RegExp])[] = [
  [
    'session_unknown',
    /no conversation found|(session|conversation|thread|rollout)\b[^\n]{0,80}\b(not found|does not exist|unknown)|no (saved )?(session|rollout|thread)s? (was )?found/iu,
  ],
  [
    'context_overflow',
    /context[ _-]?(length|window|limit)[^\n]{0,60}(exceed|full|too|ran out|reached|maximum)|(exceed|maximum|ran out of)[^\n]{0,60}context[ _-]?(length|window|limit)|prompt is too long|input is too long|too many (input )?tokens|input token count[^\n]{0,60}exceeds/iu,
  ],
  [
    'rate_limited',
    /\b429\b|\b529\b|rate[ _-]?limit|too many requests|usage limit|quota exceeded|exceeded your current quota|insufficient_quota|RESOURCE_EXHAUSTED|hit your (usage )?limit|overloaded|(daily|monthly|exhausted your) quota|quota (has been |is )?exhausted/iu,
  ],
  [
    'auth',
    /\b401\b|\b403\b|unauthori[sz]ed|unauthenticated|authenticat|invalid (x-)?api[ _-]?key|not (logged|signed) in|please (run|log|sign)[^\n]{0,20}(login|log in|sign in|\/login)|(api[ _-]?key|credential|token)s?\b[^\n]{0,40}(missing|not (set|found)|expired|revoked|invalid|required)/iu,
  ],
  [
    'network',
    /\bE(CONN(RESET|REFUSED|ABORTED)|TIMEDOUT|AI_AGAIN|NOTFOUND|NETUNREACH|HOSTUNREACH|PIPE)\b|socket hang up|other side closed|\bterminated\b|(connection|stream|request)\b[^\n]{0,40}\b(reset|refused|closed|error|dropped|timed out|disconnected|terminated|interrupted)|network (error|is unreachable|request failed)|fetch failed|could not resolve host|dns error|error sending request|idle timeout|\b(500|502|503|504)\b|high demand|temporary errors?|internal server error|service unavailable|bad gateway/iu,
  ],
  ['refused', /\brefus(ed|al)\b|content[ _-]?(policy|filter)|safety[ _-]?(filter|policy)|usage policy/iu],
];

/** Longer texts are looked at by their beginning and their end. */
const MOST = 4_000;

/** What went wrong, by the words that tell it; undefined when they say nothing that Homer knows. */
export function classOfWords(text: string): Failed | undefined {
  const some = text.length > 2 * MOST ? `${text.slice(0, MOST)}\n${text.slice(-MOST)}` : text;
  return WORDS.find(([, words]) => words.test(some))?.[0];
}

/** What an HTTP status means for a turn; undefined when it says nothing that Homer knows. */
export function classOfStatus(status: number | null): Failed | undefined {
  if (status === 429 || status === 529) return 'rate_limited';
  if (status === 401 || status === 403 || status === 407) return 'auth';
  if (status === 413) return 'context_overflow';
  return status === 408 || (status !== null && status >= 500 && status < 600) ? 'network' : undefined;
}
