import type { RunOrder } from '../runner.ts';

/**
 * Whether a turn is to ask its owner for what its profile does not allow. Under the other profiles these programs may do what they want to, so
 * that nothing is left to be asked; a turn that only reads asks nothing; and without the tools of Homer there is nobody to be asked.
 */
export function asksOwner({ riskProfile, reading, mcp }: RunOrder): boolean {
  return riskProfile === 'strict' && reading === undefined && mcp !== null;
}
