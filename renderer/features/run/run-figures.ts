/** Figures as they are written on screen. What is not known is a dash, never a zero. */
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

export function formatMoney(microUsd: number): string {
  const dollars = microUsd / 1_000_000;
  if (dollars > 0 && dollars < 0.01) return '<$0.01';
  return `$${dollars.toFixed(2)}`;
}

export function formatTokens(tokens: number): string {
  return `${compact.format(tokens)} tok`;
}

/** The price of a run; where none was reported its tokens, and where there were none a dash. */
export function formatCost(run: {
  readonly costMicroUsd: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly costState?: string | undefined;
}): string {
  // What is known is the least it was.
  if (run.costMicroUsd > 0)
    return `${formatMoney(run.costMicroUsd)}${run.costState === 'partly' ? ' +' : ''}`;
  const tokens = run.tokensIn + run.tokensOut;
  return tokens > 0 ? formatTokens(tokens) : '–';
}

/** How the tests went, from an exit code: null is a test that was ended or has not run. */
export function testWord(exitCode: number | null, ran: boolean): string {
  if (!ran) return '–';
  if (exitCode === null) return 'ended';
  return exitCode === 0 ? 'pass' : `exit ${String(exitCode)}`;
}
