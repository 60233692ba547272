import type { ContractFailure } from '../../../preload/contract/errors.ts';

/** What the runtime found wrong, by field: `details.issues` holds a path and a sentence for each. */
export function fieldIssues(failure: ContractFailure | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const details = failure?.details;
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return found;
  const issues = details['issues'];
  if (!Array.isArray(issues)) return found;
  for (const issue of issues) {
    if (typeof issue !== 'object' || issue === null || Array.isArray(issue)) continue;
    const { path, message } = issue;
    const field = Array.isArray(path) ? path[0] : typeof path === 'string' ? path.split('.')[0] : undefined;
    if (typeof field === 'string' && typeof message === 'string' && !found.has(field))
      found.set(field, message);
  }
  return found;
}
