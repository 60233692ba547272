import type { Account } from '../domain/account/account.ts';
import type { Secrets } from '../domain/secret/secrets.ts';
import type { ApiPorts } from './ports.ts';

type Place = Parameters<ApiPorts['models']>[1][number];

/** Where the models of these accounts are, each with its key and folder; none for an executor that has one place for all. */
export async function modelPlaces(
  {
    ports,
    secrets,
  }: { ports: Pick<ApiPorts, 'addressVariable' | 'homeVariable'>; secrets: Pick<Secrets, 'get'> },
  executor: string,
  accounts: readonly Account[],
): Promise<Place[]> {
  const addressed = ports.addressVariable(executor);
  const housed = ports.homeVariable(executor);
  if (addressed === null && housed === null) return [];
  return Promise.all(
    accounts
      .filter(({ status }) => status !== 'disabled')
      .map(async ({ id, label, version, baseUrl, home, credentialRef, keyVariable }) => {
        // Without its key the endpoint says for itself that it wants one.
        const key = credentialRef === null ? null : await secrets.get(credentialRef);
        return {
          accountId: id,
          label,
          version,
          env: {
            ...(baseUrl === null || addressed === null ? {} : { [addressed]: baseUrl }),
            ...(home === null || housed === null ? {} : { [housed]: home }),
            ...(key?.ok && keyVariable !== null ? { [keyVariable]: key.value.reveal() } : {}),
          },
        };
      }),
  );
}
