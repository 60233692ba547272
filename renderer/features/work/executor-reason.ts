/** Why an executor cannot be chosen here: first that it is not there, since nothing more is known of one that is not. */
export function executorReason({ found, usable }: { readonly found: boolean; readonly usable: boolean }): {
  readonly unavailable?: string;
} {
  if (!found) return { unavailable: 'not found on this machine' };
  return usable ? {} : { unavailable: 'not usable in this version' };
}
