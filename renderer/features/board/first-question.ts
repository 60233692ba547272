import type { Client } from '../../client/client.ts';
import type { PreferenceValues } from '../../app/preferences.ts';
import type { Search } from '../../app/routes.ts';
import { boardInput } from './board-input.ts';
import { readShown, shownOf, startOf, textOf } from './filter-address.ts';

/** Asks for the board of this address while the scripts that show it are still being read. */
export function askForBoard(
  client: Client,
  search: Search,
  preferences: PreferenceValues,
  project: string | undefined,
): void {
  const text = textOf(readShown(search));
  const kept = text === '' && (search['view'] ?? '') === '' ? startOf(false, preferences) : text;
  client.ahead('proposal.board', boardInput(shownOf(kept).filter, project));
}
