import type { Account } from '../domain/account/account.ts';
import type { Secrets } from '../domain/secret/secrets.ts';
import type { ApiPorts } from './ports.ts';

type Place = Parameters<ApiPorts['models']>[1][number];

/** Where the models of these accounts are, each with its key; none for an executor that has one place for all. */
export async function modelPlaces(
  { ports, secrets }: { ports: Pick<ApiPorts, 'addressVariable'>; secrets: Pick<Secrets, 'get'> },
  executor: string,
  accounts: readonly Account[],
): Promise<Place[]> {
  const variable = ports.addressVariable(executor);
  if (variable === null) return [];
  return Promise.all(
    accounts
      .filter(({ status }) => status !== 'disabled')
      .map(async ({ id, label, version, baseUrl, credentialRef, keyVariable }) => {
        // Without its key the endpoint says for itself that it wants one.
        const key = credentialRef === null ? null : await secrets.get(credentialRef);
        return {
          accountId: id,
          label,
          version,
          env: {
            ...(baseUrl === null ? {} : { [variable]: baseUrl }),
            ...(key?.ok && keyVariable !== null ? { [keyVariable]: key.value.reveal() } : {}),
          },
        };
      }),
  );
}
